//! Clean-up after a cancellation: the states in which it begins, and what becomes of a panic on the way.
//!
//! Invariant: on that way what a later clean-up sees is handed back to the state when a panic passes, rather than
//! dropped; so a machine that is cancelled goes on in the state that `rests` names.

use super::Emitter;
use super::resume::Place;
use super::state::number;
use crate::analyse::{Facts, successors};
use crate::cfg::*;
use crate::layout::Variant;
use crate::names::made;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// The block in which clean-up begins from a state.
pub(super) fn target(cfg: &Cfg, variant: &Variant) -> Option<BlockId> {
    let id = variant.suspension;
    cfg.clean_up(id).or_else(|| cfg.left_for(id)?.1)
}

/// The blocks that follow others from which a panic leads to clean-up.
pub(super) fn after_rest(cfg: &Cfg, facts: &Facts) -> BTreeSet<BlockId> {
    let reachable = facts.reachable.iter();
    let rests = reachable.filter(|id| cfg.block(**id).unwinds.is_some());
    rests.flat_map(|id| successors(cfg, *id)).collect()
}

impl Emitter<'_> {
    /// The number of the state in which clean-up begins from another, and the block in which it does.
    pub(super) fn clean_up_of(&self, variant: &Variant) -> Option<(u32, BlockId)> {
        let target = target(self.cfg, variant)?;
        Some((self.begun_tag(variant.suspension), target))
    }

    /// The variants of the state's enum from which clean-up begins, one for each suspension.
    pub(super) fn clean_up_states(&self) -> Vec<TokenStream> {
        let all = self.layout.variants.iter();
        let all = all.filter(|_| self.cfg.cleans_up()).map(|variant| {
            let name = self.names.begun(variant.suspension);
            let tag = self.begun_tag(variant.suspension);
            let after = self.names.variant(variant.suspension);
            let doc = match self.clean_up_of(variant) {
                None => format!(" {tag}: nothing, as no clean-up follows `{after}`."),
                Some(_) if self.cfg.clean_up(variant.suspension).is_some() => {
                    format!(" {tag}: clean-up begins, after a panic in another.")
                }
                Some(_) => format!(" {tag}: `{after}` is cancelled, and clean-up begins."),
            };
            quote!(#[doc = #doc] #name)
        });
        all.collect()
    }

    /// `b"\x01\x03"`: how a cancellation goes on from each suspension.
    pub(super) fn ways_of_cancellation(&self) -> Option<proc_macro2::Literal> {
        if !self.cfg.cleans_up() {
            return None;
        }
        let ways = self.layout.variants.iter().map(|variant| {
            let cleans_up = u8::from(target(self.cfg, variant).is_some());
            let shielded = u8::from(self.cfg.suspension(variant.suspension).shielded);
            cleans_up | shielded << 1
        });
        let ways: Vec<u8> = ways.collect();
        Some(proc_macro2::Literal::byte_string(&ways))
    }

    /// The arm of a state in which clean-up begins.
    pub(super) fn enter_arm(&self, variant: &Variant) -> TokenStream {
        let taken_up = self.taken_up(variant);
        let (_, target) = self.clean_up_of(variant).expect("it cleans up");
        let go = self.go(self.number(target));
        quote!(#taken_up #go)
    }

    /// What a resumed machine returns that waits.
    pub(super) fn pending(&self, id: SuspensionId) -> TokenStream {
        let private = &self.function.private;
        if !self.cfg.suspension(id).shielded {
            return quote!(#private::Step::Pending);
        }
        let rests = made("rests");
        let nothing = self.rests_somewhere().then(|| quote!(#rests.set(0);));
        quote!({ #nothing #private::Step::CleanUp(#private::CleanUp::Waits) })
    }

    /// Whether a panic may lead to clean-up.
    fn rests_somewhere(&self) -> bool {
        !self.begun().is_empty()
    }

    /// The states in which clean-up begins after a panic.
    fn begun(&self) -> Vec<&Variant> {
        let all = self.layout.variants.iter();
        all.filter(|v| self.cfg.clean_up(v.suspension).is_some())
            .collect()
    }

    /// What a panic on the way out by cancellation leaves for the clean-up that follows.
    pub(super) fn kept_for_clean_up(&self) -> TokenStream {
        let begun = self.begun();
        if begun.is_empty() {
            return TokenStream::new();
        }
        let private = &self.function.private;
        let [rests, kept, left] = ["rests", "_kept", "leaving"].map(made);
        let arms = begun.into_iter().map(|variant| {
            let (tag, _) = self.clean_up_of(variant).expect("it cleans up");
            let state = self.state_number(&self.names.begun(variant.suspension));
            let tag = number(tag);
            let (store, park) = (self.store_flags(variant), self.park(variant));
            quote!(#tag => { #store #park #left.panics_as(#state); })
        });
        quote! {
            let #rests = &#private::Cell::new(0);
            let #kept = #private::at_end(move || match #rests.get() { #(#arms)* _ => {} });
        }
    }

    /// Where a panic in an arm leads.
    pub(super) fn says_what_rests(&self, place: Place<'_>) -> TokenStream {
        if !self.rests_somewhere() {
            return TokenStream::new();
        }
        let (rests, block) = (made("rests"), self.block_of(place));
        let tag = match self.cfg.block(block).unwinds {
            Some(id) => {
                let mut begun = self.begun().into_iter();
                let variant = begun.find(|v| v.suspension == id);
                let (tag, _) = variant
                    .and_then(|v| self.clean_up_of(v))
                    .expect("control may come there");
                tag
            }
            None if self.after_rest.contains(&block) => 0,
            None => return TokenStream::new(),
        };
        let tag = number(tag);
        quote!(#rests.set(#tag);)
    }
}
