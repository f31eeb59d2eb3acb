//! What a machine that has ended does when it is resumed: it panics by name.

use super::Emitter;
use super::state::number;
use crate::names::made;
use proc_macro2::TokenStream;
use quote::quote;

/// With as many suspensions LLVM makes a table of where a machine goes on, and else a few comparisons.
const MANY: u32 = 3;

impl Emitter<'_> {
    /// A machine that has ended is not resumed: what is done at first, and what behind all arms. Behind them, where it can
    /// be, as a machine that is suspended then has come to its arm by a comparison less.
    pub(super) fn check_that_it_goes_on(&self) -> (TokenStream, TokenStream) {
        let (private, left) = (&self.function.private, made("leaving"));
        let (tags, at, introduce) = (self.tags(), made("arm"), self.introducer());
        let [last, panicked] = [tags.ordinary, tags.panicked()].map(number);
        let name = self.function.name.to_string();
        let never = quote!(::core::hint::unreachable_unchecked());
        let ended = quote!(#private::ended(#name, #at, #panicked));
        if self.cfg.cleans_up() {
            let check = quote!(if #at > #last && !#introduce.cleans_up() { #ended; });
            // Every state that holds something has its arm.
            return (check, never);
        }
        if tags.suspensions < MANY {
            return (TokenStream::new(), quote!({ #left.stays(); #ended }));
        }
        // No number is left out, and two places are gone to: so nothing compares whether there is an arm for it. Of one
        // place LLVM would see that all other numbers lead there.
        let others = (tags.suspensions + 1..=tags.returned).chain([tags.cancelled()]);
        let others = others.map(number);
        let otherwise = quote! {
            match #at {
                #panicked => { #left.stays(); #private::panicked(#name) }
                #(#others)|* => { #left.stays(); #ended }
                _ => #never,
            }
        };
        (TokenStream::new(), otherwise)
    }
}
