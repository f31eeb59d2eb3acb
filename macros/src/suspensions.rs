//! Where suspensions stand that no stage could make sense of.
//!
//! Input: a body. Output: errors for what is hidden in a macro's tokens and for the wrong kind of
//! suspension. Closures are left to the lowering, which knows what they are part of; `async` blocks
//! are functions of the user's own.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Block, Expr, Macro};

use crate::diagnostics::Diagnostics;
use crate::invocation;

/// Whether a function of this body suspends.
pub fn any(block: &Block) -> bool {
    let mut finder = Finder::default();
    finder.visit_block(block);
    !finder.awaits.is_empty() || !finder.yields.is_empty()
}

/// Whether the macro is `yield_!`, by any path.
pub fn is_yield(mac: &Macro) -> bool {
    mac.path
        .segments
        .last()
        .is_some_and(|last| last.ident == "yield_")
}

/// Refuses what cannot be.
pub fn check(block: &Block, yields: bool, diagnostics: &mut Diagnostics) {
    let mut finder = Finder::default();
    finder.visit_block(block);
    if yields {
        for span in finder.awaits {
            diagnostics.error(
                span,
                "a generator suspends by `yield_!` only, to await as well is not possible yet: leave \
                 `yield = ..` out, or await elsewhere",
            );
        }
    } else {
        for span in finder.yields {
            diagnostics.error(
                span,
                "what a function yields has to be declared: `#[costate::coroutine(yield = TYPE)]`",
            );
        }
    }
    for (span, name) in finder.hidden {
        let message = format!(
            "a suspension cannot stand among the tokens of `{name}!`, as what it makes of them is not known here: \
             bind it first, `let value = future.await;`"
        );
        diagnostics.error(span, message);
    }
}

#[derive(Default)]
struct Finder {
    awaits: Vec<Span>,
    yields: Vec<Span>,
    /// Those among the tokens of a macro, with its name.
    hidden: Vec<(Span, String)>,
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Async(_) | Expr::Closure(_) => {}
            Expr::Await(suspension) => {
                self.visit_expr(&suspension.base);
                self.awaits.push(suspension.await_token.span);
            }
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        let Some(last) = mac.path.segments.last() else {
            return;
        };
        let name = last.ident.to_string();
        if is_yield(mac) {
            self.yields.push(last.ident.span());
        } else if name == "stringify" || name == "macro_rules" {
            return;
        }
        if invocation::visit(mac, &mut |e| Visit::visit_expr(self, e)) {
            return;
        }
        // What is found in a condition needs no second search.
        let mut mac = mac.clone();
        invocation::edit_condition(&mut mac, &mut |e| {
            Visit::visit_expr(self, e);
            *e = syn::parse_quote!(true);
        });
        self.look_through(mac.tokens, &name);
    }

    fn visit_item(&mut self, _: &'ast syn::Item) {}
}

impl Finder {
    fn look_through(&mut self, tokens: TokenStream, name: &str) {
        let mut tokens = tokens.into_iter().peekable();
        let (mut after_dot, mut after_async) = (false, false);
        while let Some(token) = tokens.next() {
            let (was_dot, was_async) = (after_dot, after_async);
            (after_dot, after_async) = (false, false);
            match token {
                TokenTree::Punct(punct) => after_dot = punct.as_char() == '.',
                TokenTree::Ident(ident) if ident == "async" => after_async = true,
                TokenTree::Ident(ident) if ident == "move" => after_async = was_async,
                TokenTree::Ident(ident) if ident == "await" && was_dot => {
                    self.hidden.push((ident.span(), name.to_owned()));
                }
                TokenTree::Ident(ident) if ident == "yield_" => {
                    let is_call =
                        matches!(tokens.peek(), Some(TokenTree::Punct(p)) if p.as_char() == '!');
                    if is_call {
                        self.hidden.push((ident.span(), name.to_owned()));
                    }
                }
                TokenTree::Group(group) if !was_async => self.look_through(group.stream(), name),
                _ => {}
            }
        }
    }
}
