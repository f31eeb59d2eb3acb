//! Macros that are known by name, in the twin: are they the standard library's?
//!
//! `vec!`, `dbg!` and `matches!` do to what they are given what the standard library's do, as the machine has it. One of the
//! user's own may do something else. So the name is looked up where the user's module and the standard library's
//! macros are both imported by `*`: if it could mean either, rustc says so.

use crate::words::Words;
use proc_macro2::{Ident, Span};
use quote::quote;
use syn::visit::{self, Visit};
use syn::{Block, Item, Macro};

/// Puts the check at the head of the body.
pub fn check(private: &Words, block: &mut Block) {
    let mut used = Used(Vec::new());
    used.visit_block(block);
    if used.0.is_empty() {
        return;
    }
    let calls = used.0.iter().map(|name| match name == "matches" {
        true => quote!(#name!((), ())),
        false => quote!(#name!(())),
    });
    let this = Ident::new("self", Span::call_site());
    block.stmts.insert(
        0,
        syn::parse_quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #this::*;
                use #private::known::*;
                fn check() { #(_ = #calls;)* }
            };
        },
    );
}

/// The first mention of each.
struct Used(Vec<Ident>);

impl<'ast> Visit<'ast> for Used {
    fn visit_macro(&mut self, mac: &'ast Macro) {
        if let Some(name) = mac.path.get_ident()
            && ["vec", "dbg", "matches"].iter().any(|known| name == known)
            && !self.0.contains(name)
        {
            self.0.push(name.clone());
        }
        crate::invocation::visit(mac, &mut |e| Visit::visit_expr(self, e));
        visit::visit_macro(self, mac);
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}
