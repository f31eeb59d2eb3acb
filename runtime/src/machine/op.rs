//! What a machine is asked to do, and what it answers.
//!
//! A machine is closures, because only inside of the function that makes it the types of the locals are known: one
//! resumes, and is the only one with code of the user's in it; one settles what it is asked by an [`Op`], which is to
//! drop what a state holds and little else. How a machine is cancelled and traced is the same for all (`op/settle.rs`).

use core::convert::Infallible;
use core::ptr::NonNull;
use core::task::{Context, Poll};

use super::{Coroutine, Frame};

pub(crate) mod settle;

/// What the closure that settles is asked.
#[derive(Clone, Copy)]
pub enum Op {
    /// Drop what the state holds, the awaited child first.
    Drop,
    /// Drop the awaited child alone: clean-up goes on with what is held.
    Leave,
    /// Which coroutine is awaited there?
    Child,
}

impl Op {
    /// In which state there is something to drop: in none, unless that is asked.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub const fn dropped(self, state: u32) -> u32 {
        match self {
            Op::Drop => state,
            Op::Leave | Op::Child => u32::MAX,
        }
    }

    /// Whether the child is to be dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub const fn drops(self) -> bool {
        matches!(self, Op::Drop | Op::Leave)
    }
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

/// What a coroutine is asked without running on.
pub enum Request<'a, 'b> {
    /// Give up: cancel the awaited child, then drop what the state holds.
    Cancel(&'a mut Context<'b>),
    /// Say where it stands, its children included.
    Trace(&'a mut dyn FnMut(Frame)),
}

/// How a coroutine of which only the place is at hand is asked.
///
/// # Safety
///
/// The pointer is to the pinned coroutine that this is about, which nobody else uses meanwhile.
pub(crate) type Settle = unsafe fn(NonNull<()>, &mut Request<'_, '_>) -> Poll<()>;

/// A coroutine by its place.
#[derive(Clone, Copy)]
pub struct Known {
    place: NonNull<()>,
    settle: Settle,
}

impl Known {
    /// The coroutine there.
    ///
    /// # Safety
    ///
    /// It is there, pinned, as long as this is used, and nobody else uses it meanwhile.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn new<C: Coroutine>(place: *mut C) -> Self {
        Known {
            // SAFETY: the caller says that a value is there.
            place: unsafe { NonNull::new_unchecked(place) }.cast(),
            settle: settle_as::<C>,
        }
    }

    /// Asks it.
    pub(super) fn ask(self, request: &mut Request<'_, '_>) -> Poll<()> {
        // SAFETY: `new`'s caller says so.
        unsafe { (self.settle)(self.place, request) }
    }
}

/// Asks the `C` there.
///
/// # Safety
///
/// As for [`Settle`], of a `C`.
pub(crate) unsafe fn settle_as<C: Coroutine>(
    place: NonNull<()>,
    request: &mut Request<'_, '_>,
) -> Poll<()> {
    // SAFETY: the caller says that it is there and alone.
    let coroutine = unsafe { place.cast::<C>().as_mut() };
    // SAFETY: the caller says that it is pinned.
    unsafe { core::pin::Pin::new_unchecked(coroutine) }.__settle(request)
}
