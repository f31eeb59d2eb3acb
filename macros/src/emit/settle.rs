//! The closure that settles: cancels, drops and traces what is suspended. No code of the user's is in it.
//!
//! Invariant: what a state holds is dropped in the order in which resuming and leaving the function would, newest
//! first, the child before it; each arm has guards for what its state holds, so a drop that panics keeps nothing else
//! from dropping.

use super::Emitter;
use super::state::number;
use crate::analyse::Fill;
use crate::body::LocalId;
use crate::layout::{Flag, Item, Variant};
use crate::names::made;
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_> {
    pub(super) fn settle(&self) -> TokenStream {
        let private = &self.function.private;
        let send = self.send_questions();
        let (held, generics) = (self.held(), self.inferred());
        let (prologue, read) = (self.prologue(), self.read_tag());
        let (state, cancelled) = (&self.names.state, made("Cancelled"));
        let [st, op, left] = ["st", "op", "left"].map(made);
        let unresumed = self.drop_unresumed();
        let arms = self.suspended().map(|v| match self.clean_up_of(v) {
            Some(_) => self.arm_that_cleans_up(v),
            None => self.settle_arm(v),
        });
        let clean_up = self.arm_of_clean_up();
        quote! {
            #[cfg_attr(not(debug_assertions), inline(always))]
            move |#st: *mut #held #generics, #op: &mut #private::Op<'_, '_>| -> #private::Poll<()> {
                unsafe {
                    #prologue
                    match #read {
                        #unresumed
                        #(#arms)*
                        #clean_up
                        _ => {
                            #left.stays();
                            return #private::Poll::Ready(());
                        }
                    }
                    #send
                    #op.done(#left, #state::#cancelled)
                }
            }
        }
    }

    /// Arguments that no poll has touched drop in order of declaration.
    fn drop_unresumed(&self) -> TokenStream {
        let (private, op, base) = (&self.function.private, made("op"), made("base"));
        let live = self.layout.arguments.iter().map(|l| {
            let at = self.at(Item::Local(*l));
            quote!(#at.live(#base))
        });
        quote!(0 if #op.settles() => #private::drop((#(#live,)*)),)
    }

    fn settle_arm(&self, variant: &Variant) -> TokenStream {
        let private = &self.function.private;
        let held: Vec<_> = self.held_in(variant).collect();
        // Newest first, as the parts of a tuple drop in order.
        let held = held.into_iter().rev();
        let guards: Vec<_> = held
            .map(|held| self.settling_guard(variant, held))
            .collect();
        let Waits { tag, waits, leave } = self.waits(variant);
        let shield = self.shield(variant);
        if guards.is_empty() {
            return quote!(#tag => { #shield if #waits { #leave } });
        }
        let held = made("held");
        quote! {
            #tag => {
                #shield
                let #held = (#(#guards,)*);
                if #waits {
                    #private::forget(#held);
                    #leave
                }
            }
        }
    }

    pub(super) fn waits(&self, variant: &Variant) -> Waits {
        let (private, id, frame) = (
            &self.function.private,
            variant.suspension,
            self.frame(variant),
        );
        let (op, left, tag) = (made("op"), made("left"), number(self.tag(id)));
        if !self.is_await(id) {
            return Waits {
                tag: quote!(#tag),
                waits: quote!(#op.traces(#frame)),
                leave: quote!(#left.stays(); return #private::Poll::Pending;),
            };
        }
        let place = self.place_of(Item::Future(id));
        let waits = quote!(#private::Child(#place).waits(#op, #frame));
        if self.cfg.suspension(id).shielded {
            // A cancellation does not come to it.
            return Waits {
                tag: quote!(#tag),
                waits,
                leave: quote!(#left.stays(); return #private::Poll::Pending;),
            };
        }
        let cancelling = number(self.cancelling_tag(id));
        let (state, waiting) = (&self.names.state, self.names.cancelling(id));
        Waits {
            tag: quote!(#tag | #cancelling),
            waits,
            leave: quote!(return #op.leave(#left, #state::#waiting);),
        }
    }

    /// The guard of a local in a state that is settled.
    fn settling_guard(&self, variant: &Variant, (local, fill): (LocalId, Fill)) -> TokenStream {
        let (at, base) = (self.at(Item::Local(local)), made("base"));
        let flag = variant.flags.iter().find(|(l, _)| *l == local);
        match flag {
            None if !self.loses_parts(local) && !fill.is_proved() => quote!(#at.live(#base)),
            Some((_, Flag::Bit(byte, bit))) => {
                let is_up = self.flag_is_up(*byte, *bit);
                quote!(#at.live_if(#base, #is_up))
            }
            _ => {
                let live = self.names.live(local);
                let (place, guard) = (self.bind_places([local]), self.new_guard(local));
                let take_up = self.take_up(variant, (local, fill));
                quote!({ #place let #live = #guard; #take_up #live })
            }
        }
    }

    /// What a state holds, by declaration: the order of guards.
    fn held_in<'v>(&'v self, variant: &'v Variant) -> impl Iterator<Item = (LocalId, Fill)> + 'v {
        self.layout.slots.iter().filter_map(|slot| {
            let held = variant.held.iter().find(|(local, _)| local == slot);
            held.copied().filter(|(_, fill)| !fill.is_empty())
        })
    }
}

/// How a suspended machine may stay as it is: while its child cleans up, or because it is only looked at.
pub(super) struct Waits {
    pub tag: TokenStream,
    /// The question.
    pub waits: TokenStream,
    pub leave: TokenStream,
}
