//! Machines that clean up: those with `defer!` or `on_cancel!`.
//!
//! Clean-up is code of the user's, so it stands in the closure that resumes. A cancellation asks the other one to cancel
//! the awaited child, which leaves the machine in a state in which clean-up begins; then the machine is resumed until
//! it has ended. Invariants: each clean-up runs once; one that panics keeps none of the others from running; where the machine is
//! only dropped, what would have to wait is skipped, and counted.

use core::cell::{Cell, UnsafeCell};
use core::convert::Infallible;
use core::mem::ManuallyDrop;
use core::task::{Context, Poll, Waker};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::constructor::{Resumable, Stated, Stateful};
use super::op::{Op, Step};
use super::segment::Leave;
use super::slot::At;
use crate::cancel::counters;
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
pub struct Leaving<T> {
    base: *mut u8,
    at: At<T>,
    panicked: UnsafeCell<ManuallyDrop<T>>,
    is_said: Cell<bool>,
}

impl<T> Leaving<T> {
    /// Of the machine whose state is at this address, and says that far in it where it stands.
    ///
    /// # Safety
    ///
    /// This place is valid for writes until this is gone; `T` needs no drop.
    #[must_use]
    pub const unsafe fn new(base: *mut u8, at: At<T>, panicked: T) -> Self {
        Leaving {
            base,
            at,
            panicked: UnsafeCell::new(ManuallyDrop::new(panicked)),
            is_said: Cell::new(false),
        }
    }

    /// Where a panic leaves it from here on.
    pub fn panics_as(&self, state: T) {
        // SAFETY: no reference to it is ever given out, and this is one thread's.
        unsafe { *self.panicked.get() = ManuallyDrop::new(state) };
    }

    /// The machine is left in this state.
    pub fn in_state(&self, state: T) {
        // SAFETY: `new`'s caller keeps the place valid, which is that far in the state.
        unsafe { self.at.of(self.base).write(state) };
        self.stays();
    }

    /// The machine is left as it was.
    pub fn stays(&self) {
        self.is_said.set(true);
    }
}

impl<T> Drop for Leaving<T> {
    fn drop(&mut self) {
        if !self.is_said.get() {
            // SAFETY: `new`'s caller keeps the place valid; what is moved there is not used any more.
            unsafe {
                core::ptr::copy_nonoverlapping(
                    self.panicked.get().cast::<T>(),
                    self.at.of(self.base),
                    1,
                );
            }
        }
    }
}

impl<T> Leave<T> for &Leaving<T> {
    fn leave_in(self, state: T) {
        self.in_state(state);
    }

    fn leave_there(self) {
        self.stays();
    }
}

impl Op<'_, '_> {
    /// Whether a state of clean-up is asked to be cancelled: then it goes on as it is. If it is only dropped, it has
    /// not run to its end.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        if matches!(self, Op::Drop) {
            counters::abandoned();
        }
        matches!(self, Op::Cancel(_))
    }

    /// The machine is left in a state in which clean-up begins.
    pub fn enter<T>(&mut self, left: &Leaving<T>, state: T) -> Poll<()> {
        left.in_state(state);
        *self = Op::Resume;
        Poll::Ready(())
    }

    /// The same, if it is in such a state already.
    pub fn enters<T>(&mut self, left: &Leaving<T>) -> Poll<()> {
        left.stays();
        *self = Op::Resume;
        Poll::Ready(())
    }
}

/// A state and its closures, of a function with clean-up.
pub struct CleaningUp<S, F, G>(Stateful<S, F, G>);

// SAFETY: it is a `Stateful` and nothing else; said here that there is one question less.
unsafe impl<S: Send, F, G> Send for CleaningUp<S, F, G> {}
// SAFETY: as above.
unsafe impl<S: Sync, F, G> Sync for CleaningUp<S, F, G> {}

impl<S, F, G> Stated for CleaningUp<S, F, G> {
    type State = S;
}

/// As [`step`](super::constructor::step), of a function with clean-up.
///
/// # Safety
///
/// The closures capture nothing but markers.
pub const unsafe fn step_that_cleans_up<S, R, Y, F, G>(
    state: S,
    resume: F,
    settle: G,
) -> CleaningUp<S, F, G>
where
    F: FnMut(*mut S, &mut Context<'_>, Introduce) -> StepThatCleansUp<R, Y>,
    G: FnMut(*mut S, &mut Op<'_, '_>) -> Poll<()>,
{
    CleaningUp(Stateful::new(state, resume, settle))
}

impl<S, R, Y, F, G> Resumable for CleaningUp<S, F, G>
where
    F: FnMut(*mut S, &mut Context<'_>, Introduce) -> StepThatCleansUp<R, Y>,
    G: FnMut(*mut S, &mut Op<'_, '_>) -> Poll<()>,
{
    type Yield = Y;
    type Return = R;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn resume(&mut self, context: &mut Context<'_>, introduce: Introduce) -> Step<R, Y> {
        match self.0.step(context, introduce) {
            Step::Complete(value) => Step::Complete(value),
            Step::Yielded(value) => Step::Yielded(value),
            Step::Pending | Step::CleanUp(_) => Step::Pending,
        }
    }

    #[inline(never)]
    fn settle(&mut self, op: Op<'_, '_>) -> Poll<()> {
        match op {
            Op::Cancel(context) => self.clean_up(Some(context)),
            Op::Drop => self.clean_up(None),
            mut op => self.0.settled(&mut op),
        }
    }

    fn end(&mut self) {
        let _ = self.clean_up(None);
    }
}

impl<S, R, Y, F, G> CleaningUp<S, F, G>
where
    F: FnMut(*mut S, &mut Context<'_>, Introduce) -> StepThatCleansUp<R, Y>,
    G: FnMut(*mut S, &mut Op<'_, '_>) -> Poll<()>,
{
    /// Cancels what is awaited, then runs clean-up to its end; without a context there is nobody to wait.
    ///
    /// A panic is one of the child's, of clean-up or of a drop: the panic hook has reported it, it is counted, and the
    /// machine is in the state from which the rest goes on, or has ended.
    #[inline(never)]
    fn clean_up(&mut self, mut context: Option<&mut Context<'_>>) -> Poll<()> {
        loop {
            let mut op = match &mut context {
                Some(context) => Op::Cancel(context),
                None => Op::Drop,
            };
            match caught(|| self.0.settled(&mut op)) {
                None => continue,
                Some(settled) if !matches!(op, Op::Resume) => return settled,
                Some(_) => {}
            }
            let resumed = caught(|| match &mut context {
                Some(context) => self.0.step(context, Introduce::cleaning_up()),
                None => {
                    let mut context = Context::from_waker(Waker::noop());
                    self.0.step(&mut context, Introduce::dropping())
                }
            });
            match resumed {
                Some(Step::CleanUp(CleanUp::Waits)) => return Poll::Pending,
                Some(Step::CleanUp(CleanUp::Ended) | Step::Complete(_)) => return Poll::Ready(()),
                // Its clean-up has ended, and the function has gone on to where it can be cancelled.
                None | Some(Step::Pending | Step::Yielded(_)) => {}
            }
        }
    }
}

fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    let result = catch_unwind(AssertUnwindSafe(run));
    result
        .map_err(|payload| {
            counters::panicked();
            // A payload whose own drop panics would be one more.
            let _ = catch_unwind(AssertUnwindSafe(|| drop(payload)));
        })
        .ok()
}
