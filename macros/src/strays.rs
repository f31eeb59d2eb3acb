//! A `break` and a `continue` that stand in no loop.
//!
//! Input: a body. Output: an error for each, and for the twin a body without them. Left to rustc it would be said that the twin is
//! a closure, and that the machine is a block with a label. Those with a label, and in closures and loops, it knows best.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprForLoop, Macro};

use crate::diagnostics::Diagnostics;
use crate::invocation;
use crate::parse::Input;

/// Reports them.
pub fn refuse(block: &Block, diagnostics: &mut Diagnostics) {
    Search(diagnostics).visit_block(block);
}

/// The function with code that never goes on where they stood.
pub fn without(input: &Input) -> Input {
    let mut input = input.clone();
    let private = input.options.private();
    let never = quote!(#private::never_reached());
    let blocks = [&mut input.block].into_iter().chain(&mut input.twin);
    blocks.for_each(|block| Remove(&never).visit_block_mut(block));
    input
}

struct Search<'a>(&'a mut Diagnostics);

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Break(e) if e.label.is_none() => {
                self.0
                    .error(e.break_token.span, "`break` outside of a loop");
            }
            Expr::Continue(e) if e.label.is_none() => {
                self.0
                    .error(e.continue_token.span, "`continue` outside of a loop");
            }
            Expr::ForLoop(ExprForLoop { expr, .. }) => self.visit_expr(expr),
            Expr::Loop(_) | Expr::While(_) | Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) => {
            }
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        invocation::visit(mac, &mut |e| self.visit_expr(e));
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

struct Remove<'a>(&'a TokenStream);

impl VisitMut for Remove<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Break(e) if e.label.is_none() => *expr = Expr::Verbatim(self.0.clone()),
            Expr::Continue(e) if e.label.is_none() => *expr = Expr::Verbatim(self.0.clone()),
            Expr::ForLoop(ExprForLoop { expr, .. }) => self.visit_expr_mut(expr),
            Expr::Loop(_) | Expr::While(_) | Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) => {
            }
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        invocation::edit(mac, &mut |e| self.visit_expr_mut(e));
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
