//! ```text
//! impl Account {
//!     #[costate::coroutine]
//!     pub fn add(&mut self, entry: u64) -> &mut u64 {
//!         Tick::default().await;
//!         self.sum += entry;
//!         &mut self.sum
//!     }
//! }
//! ```

use super::world::Tick;
use costate::__private as private;
use private::core::marker::PhantomData;
use private::core::task::Poll;
use private::{Live, Op, Slot, Step, set_tag, tag};

#[derive(Default)]
pub struct Account {
    sum: u64,
}

#[repr(C)]
struct Frame<This, Entry, Awaited> {
    tag: u8,
    this: Slot<This>,
    entry: Slot<Entry>,
    awaited: Slot<Awaited>,
}

#[repr(u8)]
#[allow(dead_code)]
enum AddState<This, Entry, Awaited> {
    Unresumed {
        this: Slot<This>,
        entry: Slot<Entry>,
    } = 0,
    /// `Tick::default().await`
    Default {
        this: Slot<This>,
        entry: Slot<Entry>,
        awaited: Slot<Awaited>,
    } = 1,
    Ended = 2,
}

impl<A, B, C> AddState<A, B, C> {
    /// # Safety
    ///
    /// `state` is the address of a state.
    #[allow(clippy::multiple_unsafe_ops_per_block)]
    unsafe fn places(state: *mut Self) -> (*mut A, *mut B, *mut C) {
        let frame = state.cast::<Frame<A, B, C>>();
        // SAFETY: the frame is the layout of a variant, so all its fields are inside the state.
        unsafe {
            (
                Slot::at(&raw mut (*frame).this),
                Slot::at(&raw mut (*frame).entry),
                Slot::at(&raw mut (*frame).awaited),
            )
        }
    }
}

impl Account {
    pub fn add<'of_self, 'frame>(
        &'of_self mut self,
        entry: u64,
    ) -> impl costate::Coroutine<Output = &'of_self mut u64>
    + private::Captures<(&'of_self (), &'frame (), *const Self)>
    where
        'of_self: 'frame,
        Self: 'frame,
    {
        if false {
            private::check((entry,), move |(entry,)| -> &'of_self mut u64 {
                private::awaited(match private::future(Tick::default()) {
                    future => {
                        if private::cancelled() {
                            private::child(future).reach();
                            return private::any();
                        }
                        future
                    }
                });
                self.sum += entry;
                &mut self.sum
            });
        }
        private::machine::<'frame, _, _>(Self::add_step, (self, entry))
    }

    #[doc(hidden)]
    #[allow(unused_variables, clippy::multiple_unsafe_ops_per_block)]
    fn add_step<'of_self, 'x>(
        (argument0, argument1): (&'of_self mut Self, u64),
        life: PhantomData<&'x (&'of_self mut Self, u64)>,
    ) -> impl FnMut(Op<'_, '_>) -> Step<&'of_self mut u64>
    + private::Captures<(&'of_self (), &'x (), *const Self)> {
        let mut state: AddState<_, _, _> = AddState::Unresumed {
            this: Slot::new(argument0),
            entry: Slot::new(argument1),
        };
        // SAFETY: what the macro vouches for; this is a model of it.
        private::coroutine_step(move |op| unsafe {
            let st = &raw mut state;
            let at = tag(st);
            let (this_, entry_, awaited_) = &AddState::places(st);
            let Op::Resume(cx) = op else {
                return Step::Cancelled;
            };
            assert!(at < 2, "`add` resumed after it ended");
            set_tag(st, 2);
            let awaited_live = Live::new(*awaited_, at == 1);
            if at == 0 {
                awaited_live.init(private::core::future::IntoFuture::into_future(
                    Tick::default(),
                ));
            }
            let Poll::Ready(()) = private::poll(*awaited_, cx) else {
                awaited_live.park();
                set_tag(st, 1);
                return Step::Pending;
            };
            awaited_live.end();
            (**this_).sum += **entry_;
            Step::Complete(&mut (**this_).sum)
        })
    }
}
