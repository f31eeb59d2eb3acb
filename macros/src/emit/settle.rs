//! The closures that settle: one drops what a state holds, or says which coroutine it awaits; one tells where the machine
//! stands. No code of the user's is in them.
//!
//! Invariant: what a state holds is dropped in the order in which resuming and leaving the function would, newest
//! first, the child before it; there is a guard for each local, so a drop that panics keeps nothing else from dropping.
//! Each local stands there once: in which states there is something in it is a word of bits, found by the state.

use super::Emitter;
use super::state::number;
use crate::analyse::Fill;
use crate::body::LocalId;
use crate::layout::{Flag, Item, Variant, items_of};
use crate::names::made;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// Bits in a word of them.
const WORD: usize = 32;

impl Emitter<'_> {
    pub(super) fn settle(&self) -> TokenStream {
        let private = &self.function.private;
        let send = self.send_questions();
        let (places, read) = (self.name_places(), self.read_tag());
        let [st, op, at, dropped] = ["st", "op", "arm", "dropped"].map(made);
        let guards = self.settling_guards();
        let unresumed = self.drop_unresumed();
        let children = self.layout.variants.iter().filter_map(|v| self.child(v));
        quote! {
            #[cfg_attr(not(debug_assertions), inline(always))]
            move |#st: *mut _, #op: #private::Op| -> #private::Option<#private::Known> {
                unsafe {
                    #places
                    let #at = #read;
                    let #dropped = #op.dropped(#at);
                    #unresumed
                    #guards
                    #send
                    match #at {
                        #(#children)*
                        _ => #private::None,
                    }
                }
            }
        }
    }

    /// Arguments that no poll has touched drop in order of declaration.
    fn drop_unresumed(&self) -> Option<TokenStream> {
        let (private, dropped, base) =
            (&self.function.private, made("dropped"), made("state_base"));
        let live = self.layout.arguments.iter().map(|l| {
            let at = self.at(Item::Local(*l));
            quote!(#at.live(#base))
        });
        (!self.layout.arguments.is_empty()).then(|| {
            quote! {
                if #dropped == 0 {
                    #private::drop((#(#live,)*));
                    return #private::None;
                }
            }
        })
    }

    /// The child of a state, while it is waited for, and while it is being cancelled.
    fn child(&self, variant: &Variant) -> Option<TokenStream> {
        let id = variant.suspension;
        let (tags, op, base) = (self.tags_of(variant), made("op"), made("state_base"));
        let child = self.is_await(id).then(|| self.at(Item::Future(id)))?;
        Some(quote!(#tags => #child.settle(#base, #op),))
    }

    /// `1 | 7`
    fn tags_of(&self, variant: &Variant) -> TokenStream {
        let id = variant.suspension;
        let tag = number(self.tag(id));
        match self.is_await(id) {
            true => {
                let cancelling = number(self.cancelling_tag(id));
                quote!(#tag | #cancelling)
            }
            false => quote!(#tag),
        }
    }

    /// A guard for each local, by declaration: they drop newest first.
    fn settling_guards(&self) -> TokenStream {
        let slots = self.layout.slots.iter().copied();
        let held = slots.filter(|local| self.layout.variants.iter().any(|v| holds(v, *local)));
        let held: Vec<_> = held
            .flat_map(|local| {
                items_of(self.facts, local)
                    .into_iter()
                    .map(move |i| (local, i))
            })
            .collect();
        let simple = held.iter().filter(|(local, _)| !self.loses_parts(*local));
        let simple: Vec<_> = simple.copied().collect();
        let words = simple.chunks(WORD).enumerate();
        let words: Vec<_> = words
            .map(|(index, locals)| self.word_of(index, locals))
            .collect();
        let guards = held.iter().map(|held| {
            let (local, item) = *held;
            if self.loses_parts(local) {
                return self.settling_parts(local);
            }
            let place = simple.iter().position(|one| one == held);
            let place = place.expect("it loses no parts");
            let (word, bit) = (word(place / WORD), mask(place % WORD));
            let (at, base) = (self.at(item), made("state_base"));
            let live = match item {
                Item::Kept(_) => made(&format!("{at}_live")),
                _ => self.names.live(local),
            };
            quote!(let #live = #at.live_if(#base, #word & #bit != 0);)
        });
        quote!(#(#words)* #(#guards)*)
    }

    /// In which states there is something in these locals.
    fn word_of(&self, index: usize, locals: &[(LocalId, Item)]) -> TokenStream {
        let (word, dropped) = (word(index), made("dropped"));
        let mut arms: Vec<(String, TokenStream, TokenStream)> = Vec::new();
        for variant in &self.layout.variants {
            let Some(bits) = self.bits(variant, locals) else {
                continue;
            };
            let (tags, text) = (self.tags_of(variant), bits.to_string());
            match arms.iter_mut().find(|(known, ..)| *known == text) {
                Some((_, all, _)) => all.extend(quote!(| #tags)),
                None => arms.push((text, tags, bits)),
            }
        }
        let arms = arms.iter().map(|(_, tags, bits)| quote!(#tags => #bits,));
        quote!(let #word: u32 = match #dropped { #(#arms)* _ => 0 };)
    }

    /// Which of these locals a state holds: what is known, and what its flags say.
    fn bits(&self, variant: &Variant, locals: &[(LocalId, Item)]) -> Option<TokenStream> {
        let (mut known, mut flagged) = (0_u32, TokenStream::new());
        for (bit, (local, item)) in locals.iter().enumerate() {
            let held = fill_of(variant, *local);
            let Some(fill) = held.filter(|_| variant.items(self.facts).contains(item)) else {
                continue;
            };
            match variant.flags.iter().find(|(l, _)| l == local) {
                Some((_, Flag::Bit(byte, at))) => {
                    let is_up = self.flag_is_up(*byte, *at);
                    let bit = Literal::usize_unsuffixed(bit);
                    flagged.extend(quote!(| u32::from(#is_up) << #bit));
                }
                // What was proved to need no drop is not dropped.
                _ if fill.is_proved() => {}
                _ => known |= 1 << bit,
            }
        }
        if known == 0 && flagged.is_empty() {
            return None;
        }
        let known = number(known);
        Some(quote!(#known #flagged))
    }

    /// The guard of a local of which parts may be gone.
    fn settling_parts(&self, local: LocalId) -> TokenStream {
        let (live, guard) = (self.names.live(local), self.new_guard(local));
        let dropped = made("dropped");
        let place = self.bind_places([local]);
        let variants = self.layout.variants.iter();
        let arms = variants.filter_map(|v| {
            let take_up = self.take_up(v, (local, fill_of(v, local)?));
            let tags = self.tags_of(v);
            Some(quote!(#tags => { #take_up }))
        });
        quote! {
            #place
            let #live = #guard;
            match #dropped { #(#arms)* _ => {} }
        }
    }

    /// `|st| Stands { .. }`: where it says in which state it is, and what is reported of each.
    pub(super) fn tell(&self) -> TokenStream {
        let private = &self.function.private;
        let (st, state) = (made("st"), made("state"));
        let (tags, frames) = (self.tags(), self.frames());
        let [suspensions, holding] = [tags.suspensions, tags.returned - 1].map(number);
        quote! {
            #[cfg_attr(not(debug_assertions), inline(always))]
            |#st: *mut _| -> #private::Stands {
                #private::Stands {
                    tag: unsafe { (&raw mut (*#st).#state).cast() },
                    suspensions: #suspensions,
                    holding: #holding,
                    frames: #frames,
                }
            }
        }
    }
}

fn word(index: usize) -> proc_macro2::Ident {
    made(&format!("held_{index}"))
}

fn mask(bit: usize) -> Literal {
    number(1 << bit)
}

/// How full a local is in a state that has something of it.
fn fill_of(variant: &Variant, local: LocalId) -> Option<Fill> {
    let held = variant.held.iter().find(|(l, _)| *l == local);
    held.map(|(_, fill)| *fill).filter(|fill| !fill.is_empty())
}

fn holds(variant: &Variant, local: LocalId) -> bool {
    fill_of(variant, local).is_some()
}
