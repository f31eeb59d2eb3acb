//! What no later stage can do anything with: suspensions in closures, and what is not built yet.

use crate::diagnostics::Diagnostics;
use crate::invocation::{self, Shape};
use crate::syntax;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Item, Stmt};

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
        // What it awaits is its own, as in an `async` block.
        if e.asyncness.is_some() {
            return;
        }
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
        invocation::visit(m, &mut |e| Visit::visit_expr(self, e));
        if let Some(instead) = awaits_inside(&m.path) {
            let path = m.path.to_token_stream().to_string().replace(' ', "");
            let message = format!(
                "`{path}!` awaits in its expansion, where the coroutine cannot see it: write {instead}, of `costate::future`"
            );
            self.sink.error_over(m.path.clone(), &message);
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        if let Stmt::Item(Item::Macro(rules)) = statement
            && let Some(name) = &rules.ident
            && !matches!(
                invocation::shape(&name.clone().into()),
                Shape::Unknown | Shape::HidesReturn
            )
        {
            self.sink.error(
                name.span(),
                "a coroutine takes a macro of this name for the standard library's: give it another name",
            );
        }
        visit::visit_stmt(self, statement);
    }

    fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

/// What to write for a macro, named by the path of its crate, of which it is known that it awaits.
fn awaits_inside(path: &syn::Path) -> Option<&'static str> {
    let mut names = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string());
    let (krate, name, None) = (names.next()?, names.next()?, names.next()) else {
        return None;
    };
    if !["tokio", "futures", "futures_util"].contains(&krate.as_str()) {
        return None;
    }
    match name.as_str() {
        "join" => Some("`(a, b).join().await`"),
        "try_join" => Some("`(a, b).try_join().await`"),
        "select" | "select_biased" => Some("`select! { .. }` without a path, or `(a, b).select()`"),
        _ => None,
    }
}
