//! Machines that clean up: those with `defer!` or `on_cancel!`.
//!
//! Clean-up is code of the user's, so it stands in the closure that resumes. A cancellation asks the other one to cancel
//! the awaited child, which leaves the machine in a state in which clean-up begins; then the machine is resumed until
//! it has ended. Invariants: each clean-up runs once; one that panics keeps none of the others from running, cancelled or not; where the
//! machine is only dropped, what would have to wait is skipped, and counted.

use core::cell::Cell;
use core::convert::Infallible;
use core::task::{Context, Poll, Waker};

use super::at::At;
use super::constructor::{Resumable, Stated, Stateful};
use super::holds::Holds;
use super::op::settle::{Settled, Stands, trace};
use super::op::{Known, Op, Request, Step};
use super::twin::{IsMisspelt, never_run};
use super::unwound::{KeptPanic, Nested, Unwound};
use crate::cancel::{caught, counters};
use crate::introduce::Introduce;

/// What a machine answers that cleans up.
pub enum CleanUp {
    /// It waits in clean-up.
    Waits,
    /// The function is left by the cancellation.
    Ended,
}

/// What a machine answers if it has clean-up.
pub type StepThatCleansUp<R, Y = Infallible> = Step<R, Y, CleanUp>;

/// Says in which state a machine is when it is left, as [`Left`](super::segment::Left) does; where a panic passes that
/// depends on how far it has come.
pub struct Leaving<T: Copy> {
    base: *mut u8,
    at: At<T>,
    panicked: Cell<T>,
    is_said: Cell<bool>,
}

impl<T: Copy> Leaving<T> {
    /// Of the machine whose state is at this address, and says that far in it where it stands.
    ///
    /// # Safety
    ///
    /// This place is valid for writes until this is gone.
    #[must_use]
    pub const unsafe fn new(base: *mut u8, at: At<T>, panicked: T) -> Self {
        Leaving {
            base,
            at,
            panicked: Cell::new(panicked),
            is_said: Cell::new(false),
        }
    }

    /// Where a panic leaves it from here on.
    pub fn panics_as(&self, state: T) {
        self.panicked.set(state);
    }

    /// The machine is left in this state.
    pub fn in_state(&self, state: T) {
        // SAFETY: `new`'s caller keeps the place valid, which is that far in the state.
        unsafe { self.at.of(self.base).write(state) };
        self.stays();
    }

    /// It has come to its end, with this.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn completes<R, Y>(&self, value: R) -> StepThatCleansUp<R, Y> {
        Step::Complete(value)
    }

    /// What is called with a number of arguments that it takes only if it is something else than its name says.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn calls<F: Copy>(&self, callee: F) -> F {
        callee
    }

    /// What has a name that is nearly `self`, and is an item.
    ///
    /// # Panics
    ///
    /// If it is called.
    pub fn misspelt<I: IsMisspelt>(&self, _: I) -> I::Receiver {
        never_run()
    }

    /// The machine is left as it was.
    pub fn stays(&self) {
        self.is_said.set(true);
    }
}

impl<T: Copy> Drop for Leaving<T> {
    fn drop(&mut self) {
        if !self.is_said.get() {
            // SAFETY: `new`'s caller keeps the place valid.
            unsafe { self.at.of(self.base).write(self.panicked.get()) };
        }
    }
}

/// How a cancellation goes on from a suspension, as bits.
pub mod way {
    /// It runs clean-up.
    pub const CLEANS_UP: u8 = 1;
    /// It waits: the suspension is one of clean-up.
    pub const SHIELDED: u8 = 2;
}

/// A state and its closures, of a function with clean-up.
///
/// The state stands first, so that the machine is where its state is.
#[repr(C)]
pub struct CleaningUp<S, F, G, T, W, N> {
    step: Stateful<S, F, G, T>,
    /// Gives how a cancellation goes on from each suspension.
    ways: W,
    /// What a panic in clean-up leaves for its end.
    unwound: N,
}

// SAFETY: it is a `Stateful`, and perhaps a panic, which is `Send`; said here that there is one question less.
unsafe impl<S: Holds<All: Send>, F, G, T, W, N> Send for CleaningUp<S, F, G, T, W, N> {}
// SAFETY: as above, and a shared machine gives no access to the panic.
unsafe impl<S: Holds<All: Sync>, F, G, T, W, N> Sync for CleaningUp<S, F, G, T, W, N> {}

impl<S, F, G, T, W, N> Stated for CleaningUp<S, F, G, T, W, N> {
    type State = S;
}

impl<S, F, G, T, W, N> CleaningUp<S, F, G, T, W, N> {
    const fn new(step: Stateful<S, F, G, T>, ways: W, unwound: N) -> Self {
        const { assert!(size_of::<W>() == 0) };
        CleaningUp {
            step,
            ways,
            unwound,
        }
    }
}

/// As [`step`](super::constructor::step), of a function with clean-up.
///
/// # Safety
///
/// As for that; `ways` are those of the suspensions, in order.
pub const unsafe fn step_that_cleans_up<S, R, Y, F, G, T, W>(
    state: S,
    resume: F,
    settle: G,
    tell: T,
    ways: W,
) -> CleaningUp<S, F, G, T, W, ()>
where
    F: FnMut(*mut S, &mut Context<'_>, Introduce) -> StepThatCleansUp<R, Y>,
    G: FnMut(*mut S, Op) -> Option<Known>,
    T: FnMut(*mut S) -> Stands,
    W: FnMut() -> &'static [u8],
{
    CleaningUp::new(Stateful::new(state, resume, settle, tell), ways, ())
}

/// As [`step_that_cleans_up`], where a panic in clean-up leads to other clean-up, also if nobody has cancelled.
///
/// # Safety
///
/// As for that.
pub const unsafe fn step_that_unwinds<S, R, Y, F, G, T, W>(
    state: S,
    resume: F,
    settle: G,
    tell: T,
    ways: W,
) -> CleaningUp<S, F, G, T, W, KeptPanic>
where
    F: FnMut(*mut S, &mut Context<'_>, Introduce) -> StepThatCleansUp<R, Y>,
    G: FnMut(*mut S, Op) -> Option<Known>,
    T: FnMut(*mut S) -> Stands,
    W: FnMut() -> &'static [u8],
{
    CleaningUp::new(
        Stateful::new(state, resume, settle, tell),
        ways,
        KeptPanic::none(),
    )
}

impl<S, R, Y, F, G, T, W, N> Resumable for CleaningUp<S, F, G, T, W, N>
where
    W: FnMut() -> &'static [u8],
    F: FnMut(*mut S, &mut Context<'_>, Introduce) -> StepThatCleansUp<R, Y>,
    G: FnMut(*mut S, Op) -> Option<Known>,
    T: FnMut(*mut S) -> Stands,
    N: Unwound,
{
    type Yield = Y;
    type Return = R;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn resume(&mut self, context: &mut Context<'_>, introduce: Introduce) -> Step<R, Y> {
        let CleaningUp { step, unwound, .. } = self;
        let stepped = unwound.resumed(introduce, &mut Polled { step, context });
        match stepped {
            Step::Complete(value) => Step::Complete(value),
            Step::Yielded(value) => Step::Yielded(value),
            Step::Pending | Step::CleanUp(_) => Step::Pending,
        }
    }

    fn settle(&mut self, request: &mut Request<'_, '_>) -> Poll<()> {
        match request {
            Request::Cancel(context) => self.clean_up(Some(context)),
            Request::Trace(visit) => {
                trace(&settled(&mut self.step), visit);
                Poll::Ready(())
            }
        }
    }

    fn end(&mut self) {
        let _ = self.clean_up(None);
        self.unwound.given_up();
    }
}

/// A machine while it is polled.
struct Polled<'a, 'cx, 'w, S, F, G, T> {
    step: &'a mut Stateful<S, F, G, T>,
    context: &'cx mut Context<'w>,
}

impl<S, R, Y, F, G, T> Nested<StepThatCleansUp<R, Y>> for Polled<'_, '_, '_, S, F, G, T>
where
    F: FnMut(*mut S, &mut Context<'_>, Introduce) -> StepThatCleansUp<R, Y>,
    G: FnMut(*mut S, Op) -> Option<Known>,
    T: FnMut(*mut S) -> Stands,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn step(&mut self, introduce: Introduce) -> StepThatCleansUp<R, Y> {
        self.step.step(self.context, introduce)
    }

    fn cleans_up_next(&mut self) -> bool {
        let machine = settled(self.step);
        let (state, numbers) = (machine.state(), machine.numbers);
        state > numbers.cancelling(numbers.suspensions()) && state <= numbers.holding
    }

    fn has_ended(step: &StepThatCleansUp<R, Y>) -> bool {
        matches!(step, Step::CleanUp(CleanUp::Ended))
    }
}

fn settled<S, F, G, T>(step: &mut Stateful<S, F, G, T>) -> Settled
where
    G: FnMut(*mut S, Op) -> Option<Known>,
    T: FnMut(*mut S) -> Stands,
{
    let stands = step.stands();
    // SAFETY: it is a machine's step, which is not used otherwise while this is.
    unsafe {
        Settled::new(
            (&raw mut *step).cast(),
            stands,
            Stateful::<S, F, G, T>::work,
        )
    }
}

/// How a machine that is cancelled goes on.
enum Next {
    /// It has ended, or its child has not.
    Now(Poll<()>),
    /// Its clean-up runs.
    Resume,
}

impl<S, R, Y, F, G, T, W, N> CleaningUp<S, F, G, T, W, N>
where
    W: FnMut() -> &'static [u8],
    F: FnMut(*mut S, &mut Context<'_>, Introduce) -> StepThatCleansUp<R, Y>,
    G: FnMut(*mut S, Op) -> Option<Known>,
    T: FnMut(*mut S) -> Stands,
{
    /// Cancels what is awaited, then runs clean-up to its end; without a context there is nobody to wait.
    ///
    /// A panic is one of the child's, of clean-up or of a drop: the panic hook has reported it, it is counted, and the
    /// machine is in the state from which the rest goes on, or has ended.
    #[inline(never)]
    fn clean_up(&mut self, mut context: Option<&mut Context<'_>>) -> Poll<()> {
        loop {
            let ways = (self.ways)();
            if let Next::Now(poll) = leave(&settled(&mut self.step), ways, &mut context) {
                return poll;
            }
            let resumed = caught(|| match &mut context {
                Some(context) => self.step.step(context, Introduce::cleaning_up()),
                None => {
                    let mut context = Context::from_waker(Waker::noop());
                    self.step.step(&mut context, Introduce::dropping())
                }
            });
            match resumed {
                Some(Step::CleanUp(CleanUp::Waits)) => return Poll::Pending,
                Some(Step::CleanUp(CleanUp::Ended) | Step::Complete(_)) => return Poll::Ready(()),
                // It goes on in the state that the panic has left, or in which it can be cancelled.
                None | Some(Step::Pending | Step::Yielded(_)) => {}
            }
        }
    }
}

/// Leaves a suspension: its child is cancelled and dropped, and where no clean-up follows all that is held.
fn leave(machine: &Settled, ways: &[u8], context: &mut Option<&mut Context<'_>>) -> Next {
    let (state, numbers) = (machine.state(), machine.numbers);
    if state > numbers.holding {
        return Next::Now(Poll::Ready(()));
    }
    let mut cleans_up = false;
    if state > 0 {
        let suspension = numbers.suspension(state);
        if state > numbers.cancelling(numbers.suspensions()) {
            return Next::Resume;
        }
        let way = ways.get(usize::from(suspension) - 1).copied().unwrap_or(0);
        cleans_up = way & way::CLEANS_UP != 0;
        if way & way::SHIELDED != 0 {
            if context.is_some() {
                return Next::Resume;
            }
            counters::abandoned();
        }
        if let Some(context) = context
            && let Some(child) = machine.ask(Op::Child)
            && caught(|| child.ask(&mut Request::Cancel(context))) == Some(Poll::Pending)
        {
            machine.enter(numbers.cancelling(suspension));
            return Next::Now(Poll::Pending);
        }
        if cleans_up {
            caught(|| machine.ask(Op::Leave));
            machine.enter(numbers.begun(suspension));
        }
    }
    if cleans_up {
        return Next::Resume;
    }
    caught(|| machine.ask(Op::Drop));
    machine.enter(numbers.cancelled());
    Next::Now(Poll::Ready(()))
}
