//! What no later stage can do anything with: suspensions where the machine can't suspend.

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
                "a closure can't suspend the function around it; call the closure first and await what it returns, or use a loop",
            );
        }
        visit::visit_expr_await(self, e);
    }

    fn visit_expr_yield(&mut self, e: &'ast syn::ExprYield) {
        self.sink.error(
            e.yield_token.span,
            "`yield` is no keyword of stable Rust; write `yield_!(value)`",
        );
    }

    fn visit_macro(&mut self, m: &'ast syn::Macro) {
        if syntax::is_yield(&m.path) && self.closures > 0 {
            self.sink.error(
                m.path.span(),
                "a closure can't suspend the function around it; yield what the closure returns, or use a loop",
            );
        }
        // By their plain names only: other crates have macros of these names, written by path.
        let unbuilt = ["select", "defer", "on_cancel"];
        if let Some(name) = unbuilt.iter().find(|name| m.path.is_ident(**name) || is_ours(&m.path, name)) {
            let message = format!("`{name}!` is not supported yet; see what the README says under \"not yet\"");
            self.sink.error(m.path.span(), &message);
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
