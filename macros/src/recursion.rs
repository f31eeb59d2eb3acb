//! A method that awaits itself by value: it would hold itself, and rustc has only a cycle to report.
//!
//! Input: a method of an inherent impl. Output: an error for each `Self::name(..).await` and `self.name(..).await`,
//! which can be nothing but the method itself. Not here: what a bare name or another type's method is, and recursion
//! by way of another function, which rustc finds (E0391).

use syn::visit::{self, Visit};
use syn::{Expr, ExprAwait, Ident};

use crate::diagnostics::Diagnostics;
use crate::parse::{Home, Input};

/// Refuses what would hold itself.
pub fn refuse(input: &Input, diagnostics: &mut Diagnostics) {
    // Elsewhere another function of the same name may be meant: in an associated function the bare name is no method.
    let is_inherent = matches!(input.home, Home::Inherent | Home::Impl { trait_: None, .. });
    if !is_inherent || input.options.boxed {
        return;
    }
    let mut refusal = Refusal {
        name: input.name(),
        diagnostics,
    };
    refusal.visit_block(&input.block);
}

/// Whether it awaits what may be itself, by its bare name.
pub fn may_await_itself(input: &Input) -> bool {
    struct Finder<'a>(&'a Ident, bool);
    impl<'ast> Visit<'ast> for Finder<'_> {
        fn visit_expr_await(&mut self, suspension: &'ast ExprAwait) {
            if let Expr::Call(call) = &*suspension.base
                && let Expr::Path(path) = &*call.func
            {
                self.1 |= path.path.is_ident(self.0);
            }
            visit::visit_expr_await(self, suspension);
        }
    }
    let mut finder = Finder(input.name(), false);
    finder.visit_block(&input.block);
    finder.1
}

struct Refusal<'a> {
    name: &'a Ident,
    diagnostics: &'a mut Diagnostics,
}

impl Refusal<'_> {
    /// How the call names the function, if it is the function itself.
    fn itself(&self, expr: &Expr) -> Option<&'static str> {
        match expr {
            Expr::Paren(inner) => self.itself(&inner.expr),
            Expr::MethodCall(call) => {
                (call.method == *self.name && is_self(&call.receiver)).then_some("self.")
            }
            Expr::Call(call) => match &*call.func {
                Expr::Path(path) if path.qself.is_none() && self.is_named_by(&path.path) => {
                    Some("Self::")
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn is_named_by(&self, path: &syn::Path) -> bool {
        let names: Vec<_> = path.segments.iter().map(|segment| &segment.ident).collect();
        matches!(names[..], [this, name] if this == "Self" && name == self.name)
    }
}

fn is_self(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident("self"))
}

impl<'ast> Visit<'ast> for Refusal<'_> {
    fn visit_expr_await(&mut self, suspension: &'ast ExprAwait) {
        if let Some(call) = self.itself(&suspension.base) {
            let message = format!(
                "a coroutine that awaits itself would hold itself, and have no size: box it, \
                 `Box::pin({call}{}(..)).await`",
                self.name
            );
            self.diagnostics.error_over(&suspension.base, message);
        }
        visit::visit_expr_await(self, suspension);
    }

    // Functions of their own.
    fn visit_expr_closure(&mut self, _: &'ast syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}
