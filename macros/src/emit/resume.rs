//! The closure that resumes: all that is the user's code.
//!
//! Invariant: the arms stand in the order of the source as `if at == n { .. }`, one after the other, in a
//! loop: a jump forward falls through to its arm, and LLVM sees where it goes; only a jump back passes the
//! loop's head. (A `match` in their place is a jump table a transition: two to three times as slow.)

use super::Emitter;
use super::opaque::done;
use super::regions::Arm;
use super::state::number;
use crate::cfg::*;
use crate::layout::Variant;
use crate::names::made;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Lifetime;

/// What stands in the loop, in order of the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// A block and those that continue it.
    Block(BlockId),
    /// Where a suspended machine goes on.
    Poll(&'a Variant),
    /// Where a cancelled one begins to clean up.
    Enter(&'a Variant),
}

impl Emitter<'_> {
    pub(super) fn resume(&self) -> TokenStream {
        let private = &self.function.private;
        let step = self.step_type();
        let answer = self.answer_type(&step);
        let [st, at, context, left] = ["st", "arm", "task_context", "leaving"].map(made);
        let (introduce, stepped) = (self.introducer(), made("stepped"));

        let (prologue, read) = (self.prologue(), self.read_tag());
        let answered = self.answered(&stepped.to_token_stream());
        let (done, returned) = (done(), self.state_number(&made("Returned")));
        let (check, otherwise) = self.check_that_it_goes_on();
        let guards = self.guards();
        let kept = self.kept_for_clean_up();
        let (again, arms) = self.arms();
        // Without a way back there is no loop to be had, which LLVM would move addresses out of.
        let repeat = (!self.gone_back_to.borrow().is_empty()).then(|| quote!(loop));
        quote! {
            #[cfg_attr(not(debug_assertions), inline(always))]
            move |
                #st: *mut _,
                #context: &mut #private::Context<'_>,
                #introduce: #private::Introduce,
            | -> #answer {
                unsafe {
                    let mut #at = #read;
                    #check
                    #prologue
                    // Assigned, rather than the block's value: that rustc forgets if a guard's drop panics.
                    let #stepped: #step;
                    {
                        #guards
                        #kept
                        #again
                        #stepped = #done: #repeat {
                            #arms
                            #otherwise
                        };
                    }
                    #left.in_state(#returned);
                    #answered
                }
            }
        }
    }

    fn step_type(&self) -> TokenStream {
        let (private, output) = (&self.function.private, &self.function.output);
        match (self.cfg.cleans_up(), &self.function.yields) {
            (true, None) => quote!(#private::StepThatCleansUp<#output>),
            (true, Some(yields)) => quote!(#private::StepThatCleansUp<#output, #yields>),
            (false, Some(yields)) => quote!(#private::Step<#output, #yields>),
            (false, None) => quote!(#private::Step<#output>),
        }
    }

    /// The arms, and what says that one of them is gone back to.
    ///
    /// `'again: { if again_3 { break 'again } .. } if at == 3 { .. }`: a jump back sets the flag and begins
    /// anew. Of a flag, unlike of a number, LLVM sees at the loop's head where every jump goes on (its
    /// `SimplifyCFG` does, its jump threading leaves heads of loops alone), and no dispatch is left of it.
    fn arms(&self) -> (TokenStream, TokenStream) {
        let at = made("arm");
        let mut arms: Vec<_> = Vec::new();
        for (index, place) in self.text.iter().enumerate() {
            self.here.set(index);
            arms.push(Arm {
                number: self.number_of(*place),
                region: self.region_of(*place),
                code: self.arm(*place),
            });
        }
        let back = self.gone_back_to.borrow();
        let flags = back.iter().map(|number| self.again(*number));
        let declared = quote!(#(let mut #flags = false;)*);
        let heads = back.iter().map(|n| {
            let (again, label, n) = (self.again(*n), again_label(*n), number(*n));
            quote!(if #again { #again = false; #at = #n; break #label; })
        });
        let labels: Vec<_> = back.iter().map(|n| (*n, again_label(*n))).collect();
        let code = self.in_regions(arms, quote!(#(#heads)*), &labels);
        (declared, code)
    }

    /// Whoever polls a coroutine for the first time may want to know that it is one: then it says so, and is resumed again.
    fn introduction(&self) -> TokenStream {
        if self.function.yields.is_some() {
            return TokenStream::new();
        }
        let (base, left, introduce) = (made("state_base"), made("leaving"), self.introducer());
        let answer = self.answered(&quote!(#introduce.answer()));
        quote! {
            if #introduce.is_asked(#base) {
                #left.stays();
                return #answer;
            }
        }
    }

    /// What says who is there, which nobody asks of a generator.
    pub(super) fn introducer(&self) -> Ident {
        made(if self.function.yields.is_some() && !self.cfg.cleans_up() {
            "_introduce"
        } else {
            "introduce"
        })
    }

    /// The items that an arm sees.
    fn region_of(&self, place: Place<'_>) -> RegionId {
        self.cfg.block(self.block_of(place)).region
    }

    /// The block that runs there.
    pub(super) fn block_of(&self, place: Place<'_>) -> BlockId {
        match place {
            Place::Block(block) => block,
            Place::Poll(variant) => self.resume_block(variant.suspension),
            Place::Enter(variant) => self.clean_up_of(variant).expect("it cleans up").1,
        }
    }

    fn again(&self, number: u32) -> Ident {
        made(&format!("again_{number}"))
    }

    fn number_of(&self, place: Place<'_>) -> u32 {
        match place {
            Place::Block(block) => self.number(block),
            Place::Poll(variant) => self.tag(variant.suspension),
            Place::Enter(variant) => self.clean_up_of(variant).expect("it cleans up").0,
        }
    }

    /// Control goes on at another arm: the last thing that an arm does.
    pub(super) fn go(&self, to: u32) -> TokenStream {
        let (at, tag) = (made("arm"), number(to));
        match self.back(to) {
            Some(back) => back,
            None => quote!(#at = #tag;),
        }
    }

    /// The same from the middle of an arm.
    pub(super) fn jump(&self, to: u32) -> TokenStream {
        let (at, tag) = (made("arm"), number(to));
        self.back(to).unwrap_or_else(|| {
            self.left.set(true);
            let label = arm_label();
            quote!(#at = #tag; break #label;)
        })
    }

    fn back(&self, to: u32) -> Option<TokenStream> {
        let target = self.text.iter().position(|p| self.number_of(*p) == to);
        let target = target.expect("an arm");
        if target > self.here.get() {
            return None;
        }
        self.gone_back_to.borrow_mut().insert(to);
        let (at, again, done, to) = (made("arm"), self.again(to), done(), number(to));
        let private = &self.function.private;
        // What was made to be waited for, where the loop begins so, is not forgotten.
        let is_set = match self.text[target] {
            Place::Poll(_) => quote!(true),
            Place::Block(_) | Place::Enter(_) => quote!(#private::back()),
        };
        Some(quote!(#at = #to; #again = #is_set; continue #done;))
    }

    fn arm(&self, place: Place<'_>) -> TokenStream {
        self.left.set(false);
        self.placed.take();
        let (here, at) = (made("arm"), number(self.number_of(place)));
        let code = match place {
            Place::Block(block) => {
                let start = (block == START).then(|| {
                    let live = self.layout.arguments.iter().map(|l| self.names.live(*l));
                    let arguments = self.layout.arguments.iter();
                    let knows = arguments.map(|l| self.knows_parts(*l, &self.rest(*l)));
                    let introduction = self.introduction();
                    quote!(#introduction #(#live.here();)* #(#knows)*)
                });
                let code = self.block(block);
                let places = self.placed();
                quote!(#places #start #code)
            }
            Place::Poll(variant) => self.poll_arm(variant),
            Place::Enter(variant) => self.enter_arm(variant),
        };
        let rests = self.says_what_rests(place);
        if self.left.get() {
            let label = arm_label();
            quote!(if #here == #at { #rests #label: { #code } })
        } else {
            quote!(if #here == #at { #rests #code })
        }
    }

    /// The places that the code just written works with: found anew in each arm, as an address that outlives one
    /// stays in a register.
    pub(super) fn placed(&self) -> TokenStream {
        self.bind_places(self.placed.take())
    }

    /// A suspension: takes up what the state holds, waits, goes on.
    fn poll_arm(&self, variant: &Variant) -> TokenStream {
        let id = variant.suspension;
        let taken_up = self.taken_up(variant);
        let wait = match self.cfg.suspension(id).kind {
            SuspensionKind::Await => self.wait(variant),
            SuspensionKind::Yield | SuspensionKind::CleanUp(_) => TokenStream::new(),
        };
        let code = self.block(self.resume_block(id));
        // Behind the wait, where other arms do not have the same code: else LLVM moves it in front of them all.
        let places = self.placed();
        quote!(#taken_up #wait #places #code)
    }

    /// Takes up what the state holds.
    pub(super) fn taken_up(&self, variant: &Variant) -> TokenStream {
        let held = variant.held.iter();
        let take_up = held.map(|held| self.take_up(variant, *held));
        let take_up: Vec<_> = [self.tell_rests(variant)]
            .into_iter()
            .chain(take_up)
            .collect();
        let places = self.placed();
        quote!(#places #(#take_up)*)
    }

    fn resume_block(&self, id: SuspensionId) -> BlockId {
        let (resume, _) = self
            .cfg
            .left_for(id)
            .expect("a suspension that control comes to");
        resume
    }
}

fn arm_label() -> Lifetime {
    Lifetime::new("'arm", Span::mixed_site())
}

fn again_label(number: u32) -> Lifetime {
    Lifetime::new(&format!("'again_{number}"), Span::mixed_site())
}
