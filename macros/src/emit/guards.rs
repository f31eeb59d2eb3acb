//! Guards: one a slot, which drops what is live on whatever way out.

use super::Emitter;
use super::expression::{bits, gate, once};
use crate::body::{Capture, LocalId, MentionKind};
use crate::cfg::*;
use crate::names::made;
use crate::parts::Part;
use crate::syntax;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

impl Emitter<'_> {
    /// One guard a slot, by declaration: what is live drops newest first, whatever happens. They are references,
    /// since then no method of a user's trait is found before theirs.
    pub(super) fn guards(&self) -> TokenStream {
        let private = &self.function.private;
        let guards = self.layout.slots.iter().map(|local| {
            let (live, place) = (self.names.live(*local), self.names.place(*local));
            let room = self.layout.stack.contains(local).then(|| {
                let room = made(&format!("{place}room"));
                quote! {
                    let mut #room = ::core::mem::MaybeUninit::uninit();
                    let #place = &#room.as_mut_ptr();
                }
            });
            let guard = self.guard(*local);
            let new = made(match self.facts.parts.has_elements(*local) {
                true => "of_elements",
                false => "new",
            });
            quote! {
                #room
                let #live = &#private::#guard::#new(*#place, false);
            }
        });
        let slots = self.layout.slots.iter();
        let asked =
            slots.flat_map(|local| self.facts.parts.of(*local).iter().flat_map(|p| &p.asked));
        let gates = asked.map(|id| gate(*id));
        let gates = gates.chain(self.called_closures().into_iter().map(once));
        quote!(#(let #gates = #private::question::Gate::OPEN;)* #(#guards)*)
    }

    /// The type of a local's guard.
    pub(super) fn guard(&self, local: LocalId) -> TokenStream {
        if self.loses_parts(local) {
            quote!(LiveParts)
        } else {
            quote!(Live)
        }
    }

    /// The locals that `move` closures were made for which rustc has to be asked about: they are held, and called
    /// for the last time.
    pub(super) fn called_closures(&self) -> BTreeSet<LocalId> {
        let asked = self.facts.asked.iter().map(|id| self.body.mention(*id));
        let called =
            asked.filter(|m| m.kind == MentionKind::Receiver && self.facts.is_slot(m.local));
        let closures = called.filter_map(|m| self.body.local(m.local).closure);
        let by_move = closures.filter(|closure| closure.how == Capture::ByMove);
        by_move.map(|closure| closure.of).collect()
    }

    pub(super) fn loses_parts(&self, local: LocalId) -> bool {
        !self.facts.parts.of(local).is_empty()
    }

    /// What says how full a local is in a state that stores it.
    pub(super) fn flag_type(&self, local: LocalId) -> Ident {
        made(match self.facts.parts.of(local).len() {
            0..8 => "u8",
            8..16 => "u16",
            16..32 => "u32",
            _ => "u64",
        })
    }

    /// Where rustc drops by parts also what is whole, the guard has to know how from the start.
    pub(super) fn knows_parts(&self, local: LocalId) -> TokenStream {
        if !self.facts.parts.has_elements(local) {
            return TokenStream::new();
        }
        let (live, rest) = (self.names.live(local), self.rest(local));
        quote!(#live.knows(#rest);)
    }

    /// The parts that an arm takes leave the local, if they need a drop.
    pub(super) fn lose_parts(&self, m: &Match, arm: &Arm) -> Option<TokenStream> {
        let (local, path) = syntax::part_of(self.body, &m.scrutinee)?;
        let taken = self
            .facts
            .parts
            .taken(local, &path, &arm.pattern, m.always());
        if taken.is_empty() {
            return None;
        }
        Some(self.rewrite_parts(local, &m.scrutinee, &taken))
    }

    /// The same when a machine goes on whose local has lost these parts.
    pub(super) fn lost_parts(&self, local: LocalId, gone: u64) -> TokenStream {
        let private = &self.function.private;
        let (live, rest) = (self.names.live(local), self.rest(local));
        let parts = self.facts.parts.of(local).iter().enumerate();
        let (mut always, mut perhaps) = (0, TokenStream::new());
        for (at, part) in parts.filter(|(at, _)| gone & (1 << at) != 0) {
            if !part.is_bound() {
                let place = self.names.place(local);
                match part.access(quote!((**#place))) {
                    Some(place) => {
                        let bit = bits(1 << at);
                        let drops = quote!(#private::drops_at((&raw const #place).cast_mut()));
                        perhaps.extend(quote!(#live.lose(#drops, #bit, #rest);));
                    }
                    None => always |= 1 << at,
                }
                continue;
            }
            let places = self.bindings_of(local, part);
            let places = places.iter().map(|b| self.names.place(*b));
            let (bit, rest) = (bits(1 << at), self.rest_without(local, at));
            perhaps.extend(quote!(#live.lose(#(#private::drops_at(*#places))|*, #bit, #rest);));
        }
        let always = (always != 0).then(|| {
            let always = bits(always);
            quote!(#live.lose(true, #always, #rest);)
        });
        quote!(#always #perhaps)
    }

    /// What the arms bind that take a part out of a variant.
    fn bindings_of(&self, local: LocalId, part: &Part) -> Vec<LocalId> {
        let mut bindings = Vec::new();
        for block in &self.cfg.blocks {
            let Terminator::Match(m) = &block.terminator else {
                continue;
            };
            let Some((scrutinee, path)) = syntax::part_of(self.body, &m.scrutinee) else {
                continue;
            };
            if scrutinee != local || m.source != Source::Local(local) {
                continue;
            }
            for arm in &m.arms {
                let taken = self
                    .facts
                    .parts
                    .taken(local, &path, &arm.pattern, m.always());
                let taken = taken.into_iter().filter(|taken| taken.part.same(part));
                bindings.extend(taken.flat_map(|taken| taken.bindings));
            }
        }
        bindings
    }
}
