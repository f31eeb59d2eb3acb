//! What a machine is asked to do, and what it answers.
//!
//! A machine is two closures, because only inside of the function that makes it the types of the locals are
//! known: one resumes, and is the only one with code of the user's in it; the other settles all that needs none.

use core::convert::Infallible;
use core::task::{Context, Poll};

use super::Frame;
use super::segment::Leave;

/// What a machine is asked to do without running the function on.
pub enum Op<'a, 'b> {
    /// Give up: cancel the awaited child, then drop what the state holds.
    Cancel(&'a mut Context<'b>),
    /// Drop what the state holds.
    Drop,
    /// Say where it stands, its children included.
    Trace(&'a mut dyn FnMut(Frame)),
    /// What the machine answers to the first two: it is to be resumed, to clean up.
    Resume,
}

/// What a machine answers when it is resumed. In the order of [`Poll`](core::task::Poll), which it becomes.
pub enum Step<R, Y = Infallible, C = Infallible> {
    /// Returned.
    Complete(R),
    /// Suspended, waiting.
    Pending,
    /// Suspended at a `yield_!`.
    Yielded(Y),
    /// Cleaning up, of a machine that does.
    CleanUp(C),
}

impl Op<'_, '_> {
    /// Whether it is all about dropping what is held.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn settles(&self) -> bool {
        !matches!(self, Op::Trace(_))
    }

    /// Says where it stands, if that was asked: then it stays there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn traces(&mut self, frame: Frame) -> bool {
        match self {
            Op::Trace(report) => {
                report(frame);
                true
            }
            Op::Cancel(_) | Op::Drop | Op::Resume => false,
        }
    }

    /// The machine waits on: for a child that is cleaning up, or as it did.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn leave<T>(&self, left: impl Leave<T>, cancelling: T) -> Poll<()> {
        if self.settles() {
            left.leave_in(cancelling);
        } else {
            left.leave_there();
        }
        Poll::Pending
    }

    /// All is dropped. Where the machine is dropped nobody looks any more, and what holds nothing has nothing to do.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn done<T>(&self, left: impl Leave<T>, cancelled: T) -> Poll<()> {
        match self {
            Op::Cancel(_) => left.leave_in(cancelled),
            Op::Drop | Op::Trace(_) | Op::Resume => left.leave_there(),
        }
        Poll::Ready(())
    }
}
