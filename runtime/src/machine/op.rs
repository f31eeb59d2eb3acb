//! What a machine is asked to do, what it answers, and the few operations that its code is made of.
//!
//! A machine is one closure, because only inside of it the types of the locals are known: so each thing
//! that is asked of a machine is an [`Op`] of that closure.

use core::convert::Infallible;
use core::task::Context;

use super::Frame;

/// What a machine is asked to do.
pub enum Op<'a, 'b> {
    /// Go on to the next suspension.
    Resume(&'a mut Context<'b>),
    /// Give up: the cancel edge of the suspension.
    Cancel(&'a mut Context<'b>),
    /// Drop what the state holds.
    Drop,
    /// Say where it stands, its children included.
    Trace(&'a mut dyn FnMut(Frame)),
}

/// What a machine answers.
pub enum Step<R, Y = Infallible> {
    /// Suspended, waiting; also the answer to [`Op::Drop`] and [`Op::Trace`].
    Pending,
    /// Suspended at a `yield_!`.
    Yielded(Y),
    /// Returned.
    Complete(R),
    /// Gave up, or had ended before it was asked to.
    Cancelled,
    /// Not resumed, though it was to be for the first time: somebody asks who is there. Only of coroutines.
    Asked,
}

impl<'a, 'b> Op<'a, 'b> {
    /// The context to run with (none: drop what is held), whether to give up, and whom to report to.
    #[inline(always)]
    #[allow(
        clippy::type_complexity,
        reason = "three things that the expansion names at once"
    )]
    pub fn parts(
        self,
    ) -> (
        Option<&'a mut Context<'b>>,
        bool,
        Option<&'a mut dyn FnMut(Frame)>,
    ) {
        match self {
            Op::Resume(context) => (Some(context), false, None),
            Op::Cancel(context) => (Some(context), true, None),
            Op::Drop => (None, true, None),
            Op::Trace(report) => (None, false, Some(report)),
        }
    }
}

/// Pins down the signature of a coroutine's step, so that inference starts from it.
#[inline(always)]
pub const fn coroutine_step<R, F: FnMut(Op<'_, '_>) -> Step<R>>(step: F) -> F {
    step
}

/// As [`coroutine_step`], of a generator.
#[inline(always)]
pub const fn generator_step<R, Y, F: FnMut(Op<'_, '_>) -> Step<R, Y>>(step: F) -> F {
    step
}

/// Says which variant the state is.
///
/// # Safety
///
/// `state` is a `repr(u8)` enum, valid for writes, and what the new variant holds is in its place before
/// the state is looked at as an `S`.
#[inline(always)]
pub unsafe fn set_tag<S>(state: *mut S, tag: u8) {
    // SAFETY: the tag of a `repr(u8)` enum is its first byte, and the caller says that it can be written.
    unsafe { state.cast::<u8>().write(tag) }
}

/// Which variant the state is.
///
/// # Safety
///
/// `state` is a `repr(u8)` enum, valid for reads.
#[inline(always)]
pub unsafe fn tag<S>(state: *const S) -> u8 {
    // SAFETY: the tag of a `repr(u8)` enum is its first byte, and the caller says that it can be read.
    unsafe { state.cast::<u8>().read() }
}
