//! Guards: one a slot, which drops what is live on whatever way out.

use super::Emitter;
use super::expression::{bits, gate, once};
use crate::analyse::Spent;
use crate::body::{Capture, LocalId, MentionId, MentionKind, is_upper_case};
use crate::cfg::*;
use crate::layout::{Item, Variant, flag_bytes};
use crate::names::made;
use crate::syntax;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

impl Emitter<'_> {
    /// One guard a slot, by declaration: what is live drops newest first, whatever happens. They are references,
    /// since then no method of a user's trait is found before theirs.
    pub(super) fn guards(&self) -> TokenStream {
        let private = &self.function.private;
        let guards = self.layout.slots.iter().map(|local| self.guard_of(*local));
        let named = self.layout.fields.iter().copied();
        let places = self.bind_places(named.filter(|l| self.body.local(*l).in_local_macro));
        let lent = self.lent().into_iter().map(gate);
        let gates = self.called_closures().into_iter().map(once).chain(lent);
        let upper = self.layout.slots.iter().filter(|local| {
            let local = self.body.local(**local);
            local.named && is_upper_case(&local.name)
        });
        let upper = upper.map(|local| self.names.live(*local));
        quote! {
            #(let #gates = #private::question::Gate::OPEN;)*
            #(#guards)*
            #(#private::upper_case(#upper);)*
            #places
        }
    }

    /// What is told by type from one closure to the other, or from one place to the next: whether a call consumes a
    /// part, and what drops the rest of a local.
    pub(super) fn told_by_type(&self) -> TokenStream {
        let private = &self.function.private;
        let slots = self.layout.slots.iter();
        let asked =
            slots.flat_map(|local| self.facts.parts.of(*local).iter().flat_map(|p| &p.asked));
        let gates = asked.map(|id| gate(*id));
        let variants = self.layout.variants.iter();
        let rests: BTreeSet<_> = variants.flat_map(|v| self.told_rests(v)).collect();
        let rests = rests.into_iter().map(|local| self.names.rest(local));
        quote! {
            #(let #gates = #private::question::Gate::OPEN;)*
            #(let #rests = #private::Told::OPEN;)*
        }
    }

    /// The locals of a state that lose parts there.
    pub(super) fn told_rests(&self, variant: &Variant) -> Vec<LocalId> {
        let held = variant.held.iter().filter(|(local, fill)| {
            let elements = self.facts.parts.has_elements(*local);
            let flag = variant.flags.iter().any(|(l, _)| l == local);
            let lost = elements || flag || fill.gone() != 0;
            !fill.is_empty() && self.loses_parts(*local) && lost
        });
        held.map(|(local, _)| *local).collect()
    }

    /// `buf_rest.tell(&buf_live, |place: *mut _, gone: u64| ..);`
    pub(super) fn tell_rests(&self, variant: &Variant) -> TokenStream {
        let rests = self.told_rests(variant).into_iter();
        // Each closure is a type of its own, so it is told once.
        let rests = rests.filter(|local| self.told.borrow_mut().insert(*local));
        let told = rests.map(|local| {
            let (rest, live) = (self.names.rest(local), self.names.live(local));
            let code = self.rest(local);
            quote!(#rest.tell(#live, #code);)
        });
        told.collect()
    }

    /// A local's guard, and what is asked before. One of a local in the state knows the state and how far in: an address
    /// would stay in a register.
    fn guard_of(&self, local: LocalId) -> TokenStream {
        let (before, new) = self.new_guard_of(local);
        let [guard, live] = [self.names.guard(local), self.names.live(local)];
        // Each a variable of its own: rustc's code that drops a tuple of them is called, and then they are in memory.
        quote!(#before let #guard = #new; let #live = &#guard;)
    }

    fn new_guard_of(&self, local: LocalId) -> (TokenStream, TokenStream) {
        let guard = if !self.loses_parts(local) {
            "guard"
        } else if self.facts.parts.has_elements(local) {
            "guard_of_elements"
        } else {
            "guard_of_parts"
        };
        if self.layout.stack.contains(&local) {
            let place = self.names.place(local);
            let room = made(&format!("{place}room"));
            let (state_at, guard) = (made("state_at"), made(&format!("{guard}_beside")));
            let room = quote! {
                let mut #room = ::core::mem::MaybeUninit::uninit();
                let #place = &#state_at.beside(&mut #room);
            };
            return (room, quote!(#state_at.#guard(*#place)));
        }
        if let Some(spent) = self.facts.spent(local) {
            return self.guard_of_spent(local, spent);
        }
        let (base, at) = (self.base_of(local), self.at(Item::Local(local)));
        let guard = made(guard);
        (TokenStream::new(), quote!(#at.#guard(#base)))
    }

    /// The same of a local that calls may consume: where it lies, their types say.
    fn guard_of_spent(&self, local: LocalId, spent: &Spent) -> (TokenStream, TokenStream) {
        let private = &self.function.private;
        let base = self.base_of(local);
        let [at, kept] = [Item::Local(local), Item::Kept(local)].map(|item| self.at(item));
        let gates = spent.calls.iter().map(|id| gate(*id));
        let consumed = self.consumed(spent);
        let lies = if spent.held.is_empty() {
            let (room, state) = (made(&format!("{base}_room")), made("state_base"));
            quote! {
                let mut #room = ::core::mem::MaybeUninit::uninit();
                let (#base, #at) = #kept.lodge(#state, #room.as_mut_ptr(), #consumed);
            }
        } else {
            quote!(let #at = #at.or_kept(#kept, #consumed);)
        };
        let lies = quote! {
            #(let #gates = #private::question::Gate::OPEN;)*
            #lies
        };
        (lies, quote!(#at.guard(#base)))
    }

    /// The gate that says whether all calls consume.
    pub(super) fn consumed(&self, spent: &Spent) -> TokenStream {
        let mut gates = spent.calls.iter().map(|id| gate(*id));
        let first = gates.next();
        quote!(#first #(.and(#gates))*)
    }

    /// `Live::new(*buf_, false)`
    pub(super) fn new_guard(&self, local: LocalId) -> TokenStream {
        let (private, place) = (&self.function.private, self.names.place(local));
        let guard = self.guard(local);
        let new = made(match self.facts.parts.has_elements(local) {
            true => "of_elements",
            false => "new",
        });
        quote!(#private::#guard::#new(*#place, false))
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

    /// The receivers that are operands if their calls consume them, and of which nothing else is told.
    fn lent(&self) -> BTreeSet<MentionId> {
        let slots = self.layout.slots.iter();
        let lent = slots.filter_map(|local| self.body.local(*local).lent);
        let asked = lent.filter(|lent| {
            let is_closure = self.body.local(lent.local).closure.is_some();
            !is_closure && self.facts.asked.contains(&lent.asked)
        });
        let alone = asked.filter(|lent| match self.body.mention(lent.asked).field {
            None => self.facts.spent(lent.local).is_none(),
            Some(_) => {
                let parts = self.facts.parts.of(lent.local).iter();
                !parts
                    .flat_map(|part| &part.asked)
                    .any(|id| *id == lent.asked)
            }
        });
        alone.map(|lent| lent.asked).collect()
    }

    pub(super) fn loses_parts(&self, local: LocalId) -> bool {
        !self.facts.parts.of(local).is_empty()
    }

    /// What says how full a local is in a state that stores it.
    pub(super) fn flag_type(&self, local: LocalId) -> Ident {
        made(&format!("u{}", 8 * flag_bytes(self.facts, local)))
    }

    /// Where rustc drops by parts also what is whole, the guard has to know how from the start.
    pub(super) fn knows_parts(&self, local: LocalId, rest: &TokenStream) -> TokenStream {
        if !self.facts.parts.has_elements(local) {
            return TokenStream::new();
        }
        let live = self.names.live(local);
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

    /// The same when a machine goes on whose local has lost these parts. (Of what a pattern has bound, a flag says it.)
    pub(super) fn lost_parts(&self, local: LocalId, gone: u64, rest: &TokenStream) -> TokenStream {
        let private = &self.function.private;
        let live = self.names.live(local);
        let parts = self.facts.parts.of(local).iter().enumerate();
        let (mut always, mut perhaps) = (0, TokenStream::new());
        for (at, part) in parts.filter(|(at, _)| gone & (1 << at) != 0) {
            let place = self.place(local);
            match part.access(quote!((**#place))) {
                Some(place) => {
                    let bit = bits(1 << at);
                    let drops = quote!(#private::drops_at((&raw const #place).cast_mut()));
                    perhaps.extend(quote!(#live.lose(#drops, #bit, #rest);));
                }
                None => always |= 1 << at,
            }
        }
        let always = (always != 0).then(|| {
            let always = bits(always);
            quote!(#live.lose(true, #always, #rest);)
        });
        quote!(#always #perhaps)
    }
}
