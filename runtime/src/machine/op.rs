//! What a machine is asked to do, and what it answers.
//!
//! A machine is two closures, because only inside of the function that makes it the types of the locals are
//! known: one resumes, and is the only one with code of the user's in it; the other settles all that needs none.

use core::convert::Infallible;
use core::task::Context;

use super::Frame;

/// What a machine is asked to do without running the function on.
pub enum Op<'a, 'b> {
    /// Give up: cancel the awaited child, then drop what the state holds.
    Cancel(&'a mut Context<'b>),
    /// Drop what the state holds.
    Drop,
    /// Say where it stands, its children included.
    Trace(&'a mut dyn FnMut(Frame)),
}

/// What a machine answers when it is resumed. In the order of [`Poll`](core::task::Poll), which it becomes.
pub enum Step<R, Y = Infallible> {
    /// Returned.
    Complete(R),
    /// Suspended, waiting.
    Pending,
    /// Suspended at a `yield_!`.
    Yielded(Y),
}

impl<'a, 'b> Op<'a, 'b> {
    /// By what context to cancel the child (none: just drop what is held), and whom to report to instead.
    #[inline(always)]
    #[allow(
        clippy::type_complexity,
        reason = "two things that the expansion names at once"
    )]
    pub fn parts(
        self,
    ) -> (
        Option<&'a mut Context<'b>>,
        Option<&'a mut dyn FnMut(Frame)>,
    ) {
        match self {
            Op::Cancel(context) => (Some(context), None),
            Op::Drop => (None, None),
            Op::Trace(report) => (None, Some(report)),
        }
    }
}
