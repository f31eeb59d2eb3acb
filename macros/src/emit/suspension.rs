//! What is done where the function suspends, and where it goes on: the child is polled, and what is held is handed to the
//! state and taken up again.
//!
//! Invariant: between its arrival at a suspension and its going on, a local is dropped by the state, and by nobody else.

use super::state::number;
use super::{Emitter, Storage};
use crate::analyse::Fill;
use crate::body::LocalId;
use crate::cfg::*;
use crate::layout::{Flag, Item, Variant};
use crate::names::made;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::BTreeMap;

impl Emitter<'_> {
    /// Polls the child, and goes on when it is done, and dropped.
    pub(super) fn wait(&self, variant: &Variant) -> TokenStream {
        let id = variant.suspension;
        let private = &self.function.private;
        let (context, value, base) = (
            made("task_context"),
            made("ready_value"),
            made("state_base"),
        );
        let at = self.at(Item::Future(id));
        let suspend = match self.cfg.cleans_up() {
            true => {
                let leave = self.leave(variant, self.names.variant(id));
                let pending = self.answered(&self.pending(id));
                quote!(#leave return #pending;)
            }
            false => {
                let (left, guards) = (made("leaving"), self.held_guards(variant));
                let waits = made(if self.returns_a_result {
                    "ok_waits"
                } else {
                    "waits"
                });
                quote!(return #left.#waits(#guards);)
            }
        };
        quote! {
            let #private::Poll::Ready(#value) = #at.poll(#context, #base) else { #suspend };
        }
    }

    /// Says that the machine is at this suspension, before it is known whether it waits: a machine that waits for the same
    /// as before has nothing to write then, and of twenty that await each other only the innermost goes on in most polls.
    /// Where a cancellation leads to clean-up, a machine comes here in other states, too.
    pub(super) fn arrive(&self, id: SuspensionId) -> Option<TokenStream> {
        let (left, to) = (made("leaving"), self.state_number(&self.names.variant(id)));
        (!self.cfg.cleans_up()).then(|| quote!(#left.arrives(#to);))
    }

    /// Suspends: what is held is the state's again.
    pub(super) fn leave(&self, variant: &Variant, to: Ident) -> TokenStream {
        let (left, to) = (made("leaving"), self.state_number(&to));
        match self.cfg.cleans_up() {
            true => {
                let park = self.park(variant);
                quote!(#park #left.in_state(#to);)
            }
            false => {
                let guards = self.held_guards(variant);
                quote!(#left.suspends(#guards, #to);)
            }
        }
    }

    /// The guards of what is held, to be forgotten: it is the state's again.
    fn held_guards(&self, variant: &Variant) -> TokenStream {
        let held = variant.held.iter().rev();
        let held = held.filter(|(_, fill)| !fill.is_empty());
        let guards = held.map(|(local, _)| self.names.guard(*local));
        quote!((#(#guards,)*))
    }

    /// Hands what is held back to the state.
    pub(super) fn park(&self, variant: &Variant) -> TokenStream {
        let parked = variant
            .held
            .iter()
            .rev()
            .filter(|(_, fill)| !fill.is_empty());
        let lives = parked.map(|(local, _)| self.names.live(*local));
        quote!(#(#lives.park();)*)
    }

    /// Stores how full the locals are that differ by path, when the suspension begins.
    pub(super) fn store_flags(&self, variant: &Variant) -> TokenStream {
        let mut bytes: BTreeMap<usize, Vec<TokenStream>> = BTreeMap::new();
        let mut wide = TokenStream::new();
        for (local, flag) in &variant.flags {
            let live = self.names.live(*local);
            match *flag {
                Flag::Bit(byte, bit) => {
                    let bit = number(bit);
                    let flags = bytes.entry(byte).or_default();
                    flags.push(quote!(#live.state() << #bit));
                }
                Flag::Parts(..) => {
                    let place = self.flag_of_parts(*local, *flag);
                    wide.extend(quote!(#live.store(#place);));
                }
            }
        }
        let stored = bytes.into_iter().map(|(byte, flags)| {
            let place = self.flag_byte(byte);
            quote!(#place = #(#flags)|*;)
        });
        quote!(#(#stored)* #wide)
    }

    /// Tells a guard what its slot has when the machine goes on from a suspension.
    pub(super) fn take_up(&self, variant: &Variant, (local, fill): (LocalId, Fill)) -> TokenStream {
        if fill.is_empty() || self.storage(local) != Storage::Held {
            return TokenStream::new();
        }
        let live = self.names.live(local);
        let Some((_, flag)) = variant.flags.iter().find(|(l, _)| *l == local) else {
            if fill.is_proved() {
                return quote!(#live.here_without_drop(););
            }
            if let Some(spent) = self.facts.spent(local)
                && !spent.held.contains_key(&variant.suspension)
            {
                let consumed = self.consumed(spent);
                return quote!(if !#consumed.consumes() { #live.here(); });
            }
            let rest = self.names.rest(local);
            let rest = quote!(#rest.code());
            let knows = self.knows_parts(local, &rest);
            let lost = (fill.gone() != 0).then(|| self.lost_parts(local, fill.gone(), &rest));
            return quote!(#live.here(); #knows #lost);
        };
        if let Flag::Bit(byte, bit) = *flag {
            let is_up = self.flag_is_up(byte, bit);
            return quote!(if #is_up { #live.here(); });
        }
        let (stored, rest) = (self.flag_of_parts(local, *flag), self.names.rest(local));
        quote!(#live.take_up(#stored, #rest.code());)
    }
}
