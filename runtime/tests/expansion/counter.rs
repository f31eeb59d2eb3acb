//! ```text
//! #[costate::coroutine(yield = u32)]
//! pub fn counter(limit: u32) -> &'static str {
//!     let mut n = 0;
//!     while n < limit {
//!         n += 1;
//!         yield_!(n);
//!     }
//!     "done"
//! }
//! ```

use costate::__private as private;
use private::core::marker::PhantomData;
use private::{Live, Op, Slot, Step, set_tag, tag};

pub fn counter<'frame>(
    limit: u32,
) -> impl costate::Generator<Yield = u32, Return = &'static str> + private::Captures<(&'frame (),)>
{
    if false {
        private::check((limit,), move |(limit,)| -> &'static str {
            let mut n = 0;
            while n < limit {
                n += 1;
                private::resumed(match private::yielded::<u32>(n) {
                    handed_out => {
                        if private::cancelled() {
                            return private::any();
                        }
                        handed_out
                    }
                });
            }
            "done"
        });
    }
    private::machine::<'frame, _, _>(counter_step, (limit,))
}

#[repr(C)]
struct Yielded<Limit, N> {
    tag: u8,
    limit: Slot<Limit>,
    n: Slot<N>,
}

#[repr(u8)]
#[allow(dead_code)]
enum CounterState<Limit, N> {
    Unresumed {
        limit: Slot<Limit>,
    } = 0,
    /// `yield_!(n)`
    Yielded {
        limit: Slot<Limit>,
        n: Slot<N>,
    } = 1,
    Ended = 2,
}

impl<A, B> CounterState<A, B> {
    /// # Safety
    ///
    /// `state` is the address of a state.
    #[allow(clippy::multiple_unsafe_ops_per_block)]
    unsafe fn places(state: *mut Self) -> (*mut A, *mut B) {
        let frame = state.cast::<Yielded<A, B>>();
        // SAFETY: the frame is the layout of a variant, so all its fields are inside the state.
        unsafe {
            (
                Slot::at(&raw mut (*frame).limit),
                Slot::at(&raw mut (*frame).n),
            )
        }
    }
}

#[allow(unused_variables, clippy::multiple_unsafe_ops_per_block)]
fn counter_step<'x>(
    (argument0,): (u32,),
    life: PhantomData<&'x (u32,)>,
) -> impl FnMut(Op<'_, '_>) -> Step<&'static str, u32> + private::Captures<(&'x (),)> {
    let mut state: CounterState<_, _> = CounterState::Unresumed {
        limit: Slot::new(argument0),
    };
    // SAFETY: what the macro vouches for; this is a model of it.
    private::generator_step(move |op| unsafe {
        let st = &raw mut state;
        let at = tag(st);
        let (limit_, n_) = &CounterState::places(st);
        match op {
            Op::Resume(_) => {
                assert!(at < 2, "`counter` resumed after it ended");
                set_tag(st, 2);
                let n_live = Live::new(*n_, at == 1);
                if at == 0 {
                    n_live.init(0);
                }
                if **n_ < **limit_ {
                    **n_ += 1;
                    n_live.park();
                    set_tag(st, 1);
                    return Step::Yielded(**n_);
                }
                Step::Complete("done")
            }
            Op::Cancel(_) => {
                set_tag(st, 2);
                Step::Cancelled
            }
            Op::Drop | Op::Trace(_) => Step::Pending,
        }
    })
}
