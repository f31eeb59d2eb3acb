//! What no later stage can do anything with: suspensions in closures, and what is not built yet.

use crate::diagnostics::Diagnostics;
use crate::syntax;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// Reports every suspension in a closure, and every construct that is not built yet.
pub fn refuse(block: &syn::Block, sink: &mut Diagnostics) {
    let mut refusal = Refusal { sink, closures: 0 };
    refusal.visit_block(block);
}

struct Refusal<'a> {
    sink: &'a mut Diagnostics,
    closures: u32,
}

impl<'ast> Visit<'ast> for Refusal<'_> {
    fn visit_expr_closure(&mut self, e: &'ast syn::ExprClosure) {
        self.closures += 1;
        visit::visit_expr_closure(self, e);
        self.closures -= 1;
    }

    fn visit_expr_await(&mut self, e: &'ast syn::ExprAwait) {
        if self.closures > 0 {
            self.sink.error(
                e.await_token.span,
                "a closure cannot suspend the function around it: await what the closure returns, or write a loop",
            );
        }
        visit::visit_expr_await(self, e);
    }

    fn visit_macro(&mut self, m: &'ast syn::Macro) {
        if syntax::is_yield(&m.path) && self.closures > 0 {
            self.sink.error(
                m.path.span(),
                "a closure cannot suspend the function around it: yield what the closure returns, or write a loop",
            );
        }
        crate::invocation::visit(m, &mut |e| Visit::visit_expr(self, e));
        let unbuilt = ["select", "defer", "on_cancel"];
        let ours = |name: &&&str| m.path.is_ident(**name) || is_ours(&m.path, name);
        if let Some(name) = unbuilt.iter().find(ours) {
            let message = format!(
                "`{name}!` is not built yet: see \"What it does not do yet\" in the README"
            );
            self.sink.error(m.path.span(), message);
        }
    }

    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

fn is_ours(path: &syn::Path, name: &str) -> bool {
    path.segments.len() == 2
        && path.segments[0].ident == "costate"
        && path.segments[1].ident == name
}
