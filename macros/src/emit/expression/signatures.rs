//! Closures whose parameters have no types of their own, as a question about the call that they are given to needs them.
//!
//! Input: an argument. Output: the same, where each closure tells what it takes and gives, or has something in its stead
//! that takes and gives the same. Their code never runs, and is not looked at but for its types.

use proc_macro2::{Ident, Span};
use quote::format_ident;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprClosure, ExprMethodCall, Pat};

/// What becomes of the closures.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The closure itself, which tells its types.
    Typed,
    /// Something else of the same types.
    StandIn,
}

/// The walk over an argument.
pub struct Signatures {
    how: How,
    count: usize,
}

impl Signatures {
    pub fn new(how: How) -> Self {
        Signatures { how, count: 0 }
    }

    /// The names of the closures' signatures.
    pub fn names(&self) -> Vec<Ident> {
        (0..self.count).map(signature).collect()
    }

    fn closure(&mut self, closure: &mut ExprClosure) {
        let signature = signature(self.count);
        self.count += 1;
        let (mut names, mut patterns) = (Vec::new(), Vec::new());
        for (n, input) in closure.inputs.iter_mut().enumerate() {
            let name = format_ident!("taken{n}", span = Span::mixed_site());
            let bare: Pat = syn::parse_quote!(#name);
            let pattern = match input {
                Pat::Type(typed) => std::mem::replace(&mut *typed.pat, bare),
                untyped => std::mem::replace(untyped, bare),
            };
            names.push(name);
            patterns.push(pattern);
        }
        let body = &closure.body;
        let given: Expr = match self.how {
            How::StandIn => syn::parse_quote!(#signature.costate_result()),
            How::Typed => {
                let bound = names.iter().zip(patterns).rev();
                let bound = bound.fold(syn::parse_quote!(#body), |inner: Expr, (name, pattern)| {
                    syn::parse_quote!(match #name { #pattern => #inner })
                });
                syn::parse_quote!(#signature.costate_gives(#bound))
            }
        };
        *closure.body = syn::parse_quote!({
            ::core::panic!();
            #signature.costate_takes((#(#names,)*));
            #given
        });
    }
}

impl VisitMut for Signatures {
    fn visit_expr_closure_mut(&mut self, closure: &mut ExprClosure) {
        self.closure(closure);
    }

    // A closure that is given to another method has its types from that.
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_mut(self, &mut call.receiver);
    }

    fn visit_expr_async_mut(&mut self, _: &mut syn::ExprAsync) {}
    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

fn signature(number: usize) -> Ident {
    format_ident!("signature{number}", span = Span::mixed_site())
}
