//! Ways out that lead nowhere: a `break` and a `continue` that stand in no loop, and a `?` in a function that returns no `Result`.
//!
//! Input: a body. Output: an error for each, and for the twin a body without them. Left to rustc it would be said of each that it stands
//! in a closure, as it does in the twin, and of the first two that the machine is a block with a label. Those with a label, and what
//! stands in closures, rustc knows best.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit::{self, Visit};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprForLoop, Macro, ReturnType, Type};

use crate::diagnostics::Diagnostics;
use crate::invocation;
use crate::parse::Input;
use crate::resolve::plain::is_primitive;
use crate::words::Words;

/// Reports them.
pub fn refuse(input: &Input, diagnostics: &mut Diagnostics) {
    let mut search = Search {
        diagnostics,
        in_a_loop: false,
        output: &input.sig.output,
    };
    search.visit_block(&input.block);
}

/// The function with others where they stood: code that never goes on, and a `?` that returns whatever there is to return.
pub fn without(input: &Input) -> Input {
    let mut input = input.clone();
    let private = input.options.private();
    let mut replace = Replace {
        private: &private,
        in_a_loop: false,
        no_result: no_result(&input.sig.output).is_some(),
    };
    let blocks = [&mut input.block].into_iter().chain(&mut input.twin);
    blocks.for_each(|block| replace.visit_block_mut(block));
    input
}

/// What the function returns, if that certainly is nothing that a `?` may return.
fn no_result(output: &ReturnType) -> Option<String> {
    let ReturnType::Type(_, ty) = output else {
        return Some("`()`".to_owned());
    };
    match &**ty {
        Type::Tuple(tuple) if tuple.elems.is_empty() => Some("`()`".to_owned()),
        Type::Tuple(_) => Some("a tuple".to_owned()),
        Type::Reference(_) => Some("a reference".to_owned()),
        Type::Array(_) => Some("an array".to_owned()),
        Type::Path(path) => {
            let name = path.path.get_ident()?.to_string();
            let certain = name == "String" || is_primitive(&name);
            certain.then(|| format!("`{name}`"))
        }
        _ => None,
    }
}

struct Search<'a> {
    diagnostics: &'a mut Diagnostics,
    in_a_loop: bool,
    output: &'a ReturnType,
}

impl<'ast> Visit<'ast> for Search<'_> {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        let was_in_a_loop = self.in_a_loop;
        match expr {
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) | Expr::TryBlock(_) => return,
            Expr::Break(e) if e.label.is_none() && !self.in_a_loop => self
                .diagnostics
                .error(e.break_token.span, "`break` outside of a loop"),
            Expr::Continue(e) if e.label.is_none() && !self.in_a_loop => self
                .diagnostics
                .error(e.continue_token.span, "`continue` outside of a loop"),
            Expr::Try(e) => {
                if let Some(returned) = no_result(self.output) {
                    self.diagnostics.error(
                        e.question_token.span,
                        format!("the `?` operator can only be used in a coroutine that returns `Result` or `Option`, and this one returns {returned}"),
                    );
                }
            }
            Expr::ForLoop(ExprForLoop { expr, body, .. }) => {
                self.visit_expr(expr);
                self.in_a_loop = true;
                self.visit_block(body);
                self.in_a_loop = was_in_a_loop;
                return;
            }
            Expr::Loop(_) | Expr::While(_) => self.in_a_loop = true,
            _ => {}
        }
        visit::visit_expr(self, expr);
        self.in_a_loop = was_in_a_loop;
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        invocation::visit(mac, &mut |e| self.visit_expr(e));
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

struct Replace<'a> {
    private: &'a Words,
    in_a_loop: bool,
    no_result: bool,
}

impl Replace<'_> {
    fn never(&self) -> Expr {
        let private = self.private;
        Expr::Verbatim(quote!(#private::never_reached()))
    }

    fn goes_on(&self, operand: &Expr) -> TokenStream {
        let private = self.private;
        quote!(match #private::Try(#operand).branch() {
            #private::core::ops::ControlFlow::Continue(value) => value,
            #private::core::ops::ControlFlow::Break(_) => #private::never_reached(),
        })
    }
}

impl VisitMut for Replace<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let was_in_a_loop = self.in_a_loop;
        match expr {
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) | Expr::TryBlock(_) => return,
            Expr::Break(e) if e.label.is_none() && !self.in_a_loop => *expr = self.never(),
            Expr::Continue(e) if e.label.is_none() && !self.in_a_loop => *expr = self.never(),
            Expr::ForLoop(ExprForLoop { expr, body, .. }) => {
                self.visit_expr_mut(expr);
                self.in_a_loop = true;
                self.visit_block_mut(body);
                self.in_a_loop = was_in_a_loop;
                return;
            }
            Expr::Loop(_) | Expr::While(_) => self.in_a_loop = true,
            _ => {}
        }
        visit_mut::visit_expr_mut(self, expr);
        if let (Expr::Try(e), true) = (&*expr, self.no_result) {
            // An expression still: what is awaited in it is to become a call.
            *expr = syn::parse2(self.goes_on(&e.expr)).expect("a match");
        }
        self.in_a_loop = was_in_a_loop;
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        invocation::edit(mac, &mut |e| self.visit_expr_mut(e));
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}
