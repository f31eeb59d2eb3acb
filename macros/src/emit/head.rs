//! What stands between `if` or `match` and a brace: a struct literal in there needs parentheses.

use super::Emitter;
use proc_macro2::TokenStream;
use quote::quote;
use syn::Expr;

impl Emitter<'_> {
    /// A condition, or a scrutinee.
    pub(super) fn head(&self, e: &Expr) -> TokenStream {
        let tokens = self.expression(e);
        match shows_literal(e) {
            true => quote!((#tokens)),
            false => tokens,
        }
    }
}

/// Whether the braces of a struct literal stand outside of all other delimiters.
fn shows_literal(e: &Expr) -> bool {
    match e {
        Expr::Struct(_) => true,
        Expr::Group(e) => shows_literal(&e.expr),
        Expr::Field(e) => shows_literal(&e.base),
        Expr::Index(e) => shows_literal(&e.expr),
        Expr::MethodCall(e) => shows_literal(&e.receiver),
        Expr::Call(e) => shows_literal(&e.func),
        Expr::Try(e) => shows_literal(&e.expr),
        Expr::Cast(e) => shows_literal(&e.expr),
        Expr::Unary(e) => shows_literal(&e.expr),
        Expr::Reference(e) => shows_literal(&e.expr),
        Expr::Binary(e) => shows_literal(&e.left) || shows_literal(&e.right),
        Expr::Range(e) => [&e.start, &e.end]
            .into_iter()
            .flatten()
            .any(|e| shows_literal(e)),
        _ => false,
    }
}
