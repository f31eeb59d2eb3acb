//! Names that are nearly `self`.
//!
//! Of a name that there is not rustc says which it may stand for, and so it says that of `self`: in the twin, and not in a step
//! function that stands beside the method, where there is none. That would be two errors. So the machine has in its stead
//! what is an error only if the twin is right, and is what the name says: an item's.

use syn::{Expr, ExprPath};

use super::Rewriter;
use crate::emit::unseen::is_similar;
use crate::resolve::unknown::unknown_name;

impl Rewriter<'_> {
    /// Replaces what a method is called on, a field is taken of or a reference is taken to. (What is passed on by its name, or
    /// called, may well be a function.)
    pub(super) fn nearly_self(&self, expr: &mut Expr) {
        let base = match expr {
            Expr::Field(e) => &mut e.base,
            Expr::Index(e) => &mut e.expr,
            Expr::MethodCall(e) => &mut e.receiver,
            Expr::Reference(e) => &mut e.expr,
            Expr::Unary(e) => &mut e.expr,
            _ => return,
        };
        if let Expr::Path(path) = &**base
            && is_nearly_self(path)
            && let Some(instead) = self.names.misspelt(path)
        {
            **base = Expr::Verbatim(instead);
        }
    }
}

fn is_nearly_self(path: &ExprPath) -> bool {
    let name = unknown_name(path).map(ToString::to_string);
    name.is_some_and(|name| name != "Self" && is_similar("self", &name))
}
