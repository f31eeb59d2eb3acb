//! The closure that settles: cancels, drops and traces what is suspended. No code of the user's is in it.
//!
//! Invariant: what a state holds is dropped in the order in which resuming and leaving the function would, newest
//! first; each arm has guards for what its state holds, so a drop that panics keeps nothing else from dropping.

use super::Emitter;
use super::state::number;
use crate::body::LocalId;
use crate::layout::{Item, Variant};
use crate::names::made;
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_> {
    pub(super) fn settle(&self) -> TokenStream {
        let private = &self.function.private;
        let (trace, send) = (self.trace(), self.send_questions());
        let (held, generics) = (self.held(), self.inferred());
        let (offsets, state_at) = (self.bind_offsets(), made("state_at"));
        let state = &self.names.state;
        let [st, op, at, context, report, unwinding] =
            ["st", "op", "at", "context", "report", "unwinding"].map(made);
        let width = self.tag_type();
        let tags = self.tags();
        let panicked = number(tags.panicked());
        let (field, cancelled) = (made("state"), made("Cancelled"));
        let unresumed = self.drop_unresumed();
        let arms = self.layout.variants.iter().map(|v| self.settle_arm(v));
        quote! {
            #[inline(always)]
            move |#st: *mut #held #generics, #op: #private::Op<'_, '_>| -> #private::Poll<()> {
                unsafe {
                    #offsets
                    let (mut #context, #report) = #op.parts();
                    let #at = #private::tag((&raw const (*#st).#field).cast::<#width>());
                    #trace
                    let #unwinding = #private::Unwinding::<#width>::new(
                        #st, #state_at.cast(), #panicked
                    );
                    match #at {
                        #unresumed
                        #(#arms)*
                        _ => {
                            #private::forget(#unwinding);
                            return #private::Poll::Ready(());
                        }
                    }
                    #private::forget(#unwinding);
                    // Where it is dropped nobody looks any more, and what holds nothing has nothing to do.
                    if #context.is_some() {
                        (*#st).#field = #state::#cancelled;
                    }
                    #send
                    #private::Poll::Ready(())
                }
            }
        }
    }

    /// Arguments that no poll has touched drop in order of declaration.
    fn drop_unresumed(&self) -> TokenStream {
        let private = &self.function.private;
        let live = self.layout.arguments.iter().map(|l| {
            let place = self.place_of(Item::Local(*l));
            quote!(#private::Live::new(#place, true))
        });
        quote!(0 => #private::drop((#(#live,)*)),)
    }

    fn settle_arm(&self, variant: &Variant) -> TokenStream {
        let private = &self.function.private;
        let id = variant.suspension;
        let guards = self.held_in(variant).map(|(local, fill)| {
            let bound = self.bind_places([local]);
            let guard = self.guard_at_place(local);
            let take_up = self.take_up(variant, (local, fill));
            quote!(#bound #guard #take_up)
        });
        let tag = number(self.tag(id));
        if !self.is_await(id) {
            return quote!(#tag => { #(#guards)* });
        }
        let cancelling = number(self.cancelling_tag(id));
        let (future, live) = (self.names.future_place(id), self.names.future_live(id));
        let place = self.place_of(Item::Future(id));
        let (context, wait) = (
            made("context"),
            self.leave(variant, self.names.cancelling(id)),
        );
        quote! {
            #tag | #cancelling => {
                #(#guards)*
                let #future = &#place;
                let #live = &#private::Live::new(*#future, true);
                if let #private::Some(#context) = &mut #context {
                    if #private::Poll::is_pending(&#private::Child(*#future).cancel(#context)) {
                        #live.park();
                        #wait
                        return #private::Poll::Pending;
                    }
                }
            }
        }
    }

    /// What a state holds, by declaration: the order of guards.
    fn held_in<'v>(
        &'v self,
        variant: &'v Variant,
    ) -> impl Iterator<Item = (LocalId, crate::analyse::Fill)> + 'v {
        self.layout.slots.iter().filter_map(|slot| {
            let held = variant.held.iter().find(|(local, _)| local == slot);
            held.copied().filter(|(_, fill)| !fill.is_empty())
        })
    }
}
