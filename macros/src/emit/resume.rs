//! The closure that answers every operation: resume, cancel and drop run the same arms.
//!
//! Invariant: the arms stand in the order of the source as `if at == n { .. }`, one after the other, in a
//! loop: a jump forward falls through to its arm, and LLVM sees where it goes; only a jump back passes the
//! loop's head. (A `match` in their place is a jump table a transition: two to three times as slow.) The
//! closure is inlined into each of its callers, so that each has the code of its own operation alone.

use super::opaque::done;
use super::state_enum::number;
use super::{Emitter, Storage};
use crate::analyse::Fill;
use crate::body::LocalId;
use crate::cfg::*;
use crate::layout::Variant;
use crate::names::made;
use proc_macro2::TokenStream;
use quote::quote;

impl Emitter<'_> {
    pub(super) fn closure(&self) -> TokenStream {
        let private = &self.function.private;
        let step = self.step_type();
        let places = self.bind_places();
        let split = self.split_operation();
        let run = self.run();
        let (trace, send) = (self.trace(), self.send_questions());
        let (st, op, report) = (made("st"), made("op"), made("report"));
        let (state, generics) = (&self.names.state, self.inferred());
        quote! {
            #[inline(always)]
            move |#st: *mut #state #generics, #op: #private::Op<'_, '_>| -> #step {
                unsafe {
                    #places
                    #split
                    if #report.is_none() {
                        #run
                    }
                    #trace
                    #send
                    #private::Step::Pending
                }
            }
        }
    }

    pub(super) fn step_type(&self) -> TokenStream {
        let (private, output) = (&self.function.private, &self.function.output);
        match &self.function.yields {
            Some(yields) => quote!(#private::Step<#output, #yields>),
            None => quote!(#private::Step<#output>),
        }
    }

    fn bind_places(&self) -> TokenStream {
        let (state, st) = (&self.names.state, made("st"));
        let places = self.place_names();
        if places.is_empty() {
            return TokenStream::new();
        }
        quote!(let (#(#places,)*) = &#state::places(#st);)
    }

    /// Takes the operation apart: no context means drop, and a report is a trace.
    fn split_operation(&self) -> TokenStream {
        let (op, report, context, cancel) =
            (made("op"), made("report"), made("context"), made("cancel"));
        quote!(let (mut #context, #cancel, #report) = #op.parts();)
    }

    /// Runs the function from where it stands.
    fn run(&self) -> TokenStream {
        let done = done();
        let private = &self.function.private;
        let (st, at, cancel) = (made("st"), made("at"), made("cancel"));
        let tags = self.tags();
        let (returned, panicked, cancelled) = (
            number(tags.returned),
            number(tags.panicked()),
            number(tags.cancelled()),
        );
        let name = self.function.name.to_string();
        let width = self.tag_type();
        let suspensions = number(tags.suspensions);
        let cancelling = self.continue_cancelling();
        let before_start = self.drop_unresumed();
        let introduction = self.introduction();
        let step = self.step_type();
        let guards = self.guards();
        let arms = self.order.iter().map(|block| self.arm(*block));
        let polls = self.layout.variants.iter().map(|v| self.poll_arm(v));
        let arms = self.in_order(arms.collect(), polls.collect());
        let arms = self.in_regions(arms);
        quote! {
            let mut #at = u32::from(*#st.cast::<#width>());
            #cancelling
            if #at > #suspensions {
                return #private::ended(#name, #at == #panicked, #cancel);
            }
            #introduction
            #st.cast::<#width>().write(#panicked);
            #before_start
            // Assigned, rather than the block's value: that rustc forgets if a guard's drop panics.
            let result: #step;
            {
                #guards
                result = #done: loop {
                    #arms
                };
            }
            #st.cast::<#width>().write(if #cancel { #cancelled } else { #returned });
            return result;
        }
    }

    /// Whoever polls a coroutine for the first time may want to know that it is one: then it says so, and is polled again.
    fn introduction(&self) -> TokenStream {
        if self.function.yields.is_some() {
            return TokenStream::new();
        }
        let private = &self.function.private;
        let (st, at, cancel) = (made("st"), made("at"), made("cancel"));
        quote! {
            if #at == 0 && !#cancel && #private::is_asked(#st) {
                return #private::Step::Asked;
            }
        }
    }

    /// A state that is being cancelled goes on as the suspension that it was.
    fn continue_cancelling(&self) -> TokenStream {
        let (at, cancel) = (made("at"), made("cancel"));
        let awaits = self
            .layout
            .variants
            .iter()
            .filter(|v| self.is_await(v.suspension));
        let arms: Vec<_> = awaits
            .map(|v| {
                let from = number(self.cancelling_tag(v.suspension));
                let to = number(self.tag(v.suspension));
                quote!(#from if #cancel => #to,)
            })
            .collect();
        if arms.is_empty() {
            return TokenStream::new();
        }
        quote! {
            #at = match #at {
                #(#arms)*
                other => other,
            };
        }
    }

    /// Arguments that no poll has touched drop in order of declaration.
    fn drop_unresumed(&self) -> TokenStream {
        let (private, width) = (&self.function.private, self.tag_type());
        let (st, at, cancel) = (made("st"), made("at"), made("cancel"));
        let cancelled = number(self.tags().cancelled());
        let live = self.layout.arguments.iter().map(|l| {
            let place = self.names.place(*l);
            quote!(#private::Live::new(*#place, true))
        });
        quote! {
            if #at == 0 && #cancel {
                #private::drop((#(#live,)*));
                #st.cast::<#width>().write(#cancelled);
                return #private::Step::Cancelled;
            }
        }
    }

    /// Puts the arms of suspensions right after the blocks that lead to them.
    fn in_order(
        &self,
        blocks: Vec<TokenStream>,
        polls: Vec<TokenStream>,
    ) -> Vec<(RegionId, TokenStream)> {
        let mut arms = Vec::new();
        let mut left: Vec<_> = self.layout.variants.iter().zip(polls).map(Some).collect();
        for (block, arm) in self.order.iter().zip(blocks) {
            arms.push((self.cfg.block(*block).region, arm));
            let mut id = self.end_of_arm(*block);
            while let Terminator::Suspend {
                suspension, resume, ..
            } = self.cfg.block(id).terminator
            {
                let next = left
                    .iter_mut()
                    .find(|l| l.as_ref().is_some_and(|(v, _)| v.suspension == suspension));
                let Some((_, poll)) = next.and_then(Option::take) else {
                    break;
                };
                arms.push((self.cfg.block(resume).region, poll));
                id = self.end_of_arm(resume);
            }
        }
        debug_assert!(
            left.iter().all(Option::is_none),
            "bug in the macro: a suspension is lost"
        );
        arms
    }

    /// The last block whose code stands in the arm that begins with `id`.
    fn end_of_arm(&self, mut id: BlockId) -> BlockId {
        while let Terminator::Goto(next) = self.cfg.block(id).terminator {
            if self.numbers.contains_key(&next) {
                break;
            }
            id = next;
        }
        id
    }

    fn arm(&self, block: BlockId) -> TokenStream {
        let (here, at) = (made("at"), number(self.number(block)));
        let start = (block == START).then(|| {
            let live = self.layout.arguments.iter().map(|l| self.names.live(*l));
            let knows = self.layout.arguments.iter().map(|l| self.knows_parts(*l));
            quote!(#(#live.here();)* #(#knows)*)
        });
        let code = self.block(block);
        quote!(if #here == #at { #start #code })
    }

    /// The arm of a suspension: takes up what the state holds, waits, goes on.
    fn poll_arm(&self, variant: &Variant) -> TokenStream {
        let done = done();
        let id = variant.suspension;
        let (here, tag) = (made("at"), number(self.tag(id)));
        let take_up = variant
            .held
            .iter()
            .map(|(local, fill)| self.take_up(id, *local, *fill));
        let resume = self.resume_block(id);
        let code = self.block(resume);
        let wait = match self.cfg.suspension(id).kind {
            SuspensionKind::Await => self.wait(variant),
            SuspensionKind::Yield => {
                let cancel = made("cancel");
                let private = &self.function.private;
                // Set again by the next poll: what a generator is dropped at runs no code.
                quote!(if #cancel { break #done #private::Step::Cancelled; })
            }
        };
        quote! {
            if #here == #tag {
                #(#take_up)*
                #wait
                #code
            }
        }
    }

    fn resume_block(&self, id: SuspensionId) -> BlockId {
        let found = self
            .cfg
            .blocks
            .iter()
            .find_map(|block| match block.terminator {
                Terminator::Suspend {
                    suspension, resume, ..
                } if suspension == id => Some(resume),
                _ => None,
            });
        found.expect("a suspension that control comes to")
    }

    /// Polls the child, or forwards the cancellation to it; goes on when it is done.
    fn wait(&self, variant: &Variant) -> TokenStream {
        let done = done();
        let id = variant.suspension;
        let private = &self.function.private;
        let (future, live) = (self.names.future_place(id), self.names.future_live(id));
        let (context, cancel, value) = (made("context"), made("cancel"), made("value"));
        let park = self.park(variant);
        let (st, width) = (made("st"), self.tag_type());
        let (tag, cancelling) = (number(self.tag(id)), number(self.cancelling_tag(id)));
        quote! {
            let #live = &#private::Live::new(*#future, true);
            let #private::Some(#context) = &mut #context else {
                break #done #private::Step::Cancelled;
            };
            let polled = if !#cancel {
                (&#private::Awaited(*#future)).poll(#context)
            } else if #private::Poll::is_pending(&#private::Child(*#future).cancel(#context)) {
                #private::Poll::Pending
            } else {
                break #done #private::Step::Cancelled;
            };
            let #private::Poll::Ready(#value) = polled else {
                #live.park();
                #park
                #st.cast::<#width>().write(if #cancel { #cancelling } else { #tag });
                return #private::Step::Pending;
            };
            #live.end();
        }
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
        let id = variant.suspension;
        let stored = variant.flags.iter().map(|local| {
            let (flag, live) = (self.names.flag_place(id, *local), self.names.live(*local));
            if self.loses_parts(*local) {
                return quote!(#live.store(*#flag););
            }
            quote!(#flag.write(#live.state());)
        });
        quote!(#(#stored)*)
    }

    /// Tells a guard what its slot has when the machine goes on from a suspension.
    fn take_up(&self, id: SuspensionId, local: LocalId, fill: Fill) -> TokenStream {
        if fill.is_empty() || self.storage(local) != Storage::Held {
            return TokenStream::new();
        }
        let live = self.names.live(local);
        let parts = self.loses_parts(local);
        if fill.needs_flag() {
            let flag = self.names.flag_place(id, local);
            if parts {
                let rest = self.rest(local);
                return quote!(#live.take_up(*#flag, #rest););
            }
            return quote!(if #flag.read() != 0 { #live.here(); });
        }
        if fill.is_proved() {
            return quote!(#live.here_without_drop(););
        }
        let knows = self.knows_parts(local);
        let lost = (fill.gone() != 0).then(|| self.lost_parts(local, fill.gone()));
        quote!(#live.here(); #knows #lost)
    }
}
