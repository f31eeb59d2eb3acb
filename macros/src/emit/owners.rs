//! Names of one spelling and several owners, in the twin: does rustc tell them apart as the macro did?
//!
//! A body that a macro puts together may have words of the macro's and words of its caller's. What a word
//! means then is up to hygiene, of which the macro sees no more than how spans are printed. So rustc is
//! asked: two locals that were taken for two must not be one, and a word that is no local's own, and was
//! taken for a local by its spelling, must be that local. Code that no macro had a part in asks nothing.

use super::mentioned;
use crate::resolve::Name;
use crate::words::Words;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit::{self, Visit};
use syn::{Block, Item, Pat, PatIdent};

/// Puts the questions at the head of the body.
pub fn check(private: &Words, arguments: &[&Pat], block: &mut Block) {
    let mut bindings = Bindings(Vec::new());
    for pattern in arguments {
        bindings.visit_pat(pattern);
    }
    bindings.visit_block(block);
    let bound = distinct(bindings.0);
    let words = distinct(mentioned::words(block.to_token_stream()));
    let mut questions = TokenStream::new();
    for (at, one) in bound.iter().enumerate() {
        for other in bound[..at].iter().filter(|other| *other == one) {
            questions.extend(quote!({
                let #one: #private::Local = #private::any();
                let #other = ();
                #private::spelled(#one);
                let () = #other;
            }));
        }
        let is_foreign =
            |word: &&Ident| bound.iter().all(|known| Name::of(known) != Name::of(word));
        for word in words.iter().filter(|word| *word == one).filter(is_foreign) {
            questions.extend(quote!({
                let #one: #private::Local = #private::any();
                #private::spelled(#word);
            }));
        }
    }
    if !questions.is_empty() {
        block
            .stmts
            .insert(0, syn::parse_quote!(if false { #questions }));
    }
}

/// One of each spelling and owner.
fn distinct(idents: Vec<Ident>) -> Vec<Ident> {
    let mut known: Vec<Name> = Vec::new();
    let mut is_new = |ident: &Ident| {
        let name = Name::of(ident);
        let is_new = !known.contains(&name);
        known.push(name);
        is_new
    };
    idents.into_iter().filter(|ident| is_new(ident)).collect()
}

struct Bindings(Vec<Ident>);

impl<'ast> Visit<'ast> for Bindings {
    fn visit_pat_ident(&mut self, pattern: &'ast PatIdent) {
        self.0.push(pattern.ident.clone());
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}
