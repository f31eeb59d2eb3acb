//! The awaited child, as what it is: a [`Coroutine`], or any other future.
//!
//! Which of the two is asked by method lookup, `Child(place).cancel(cx)`: a method of [`Child`] itself, whose
//! bound holds, comes before one of what it dereferences to. The straight-line twin asks the same question
//! of the same type ([`child`], `reach`), so no impl is chosen in the machine that the twin did not see.

use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::{Coroutine, Frame};

/// A child in its slot.
pub struct Child<F>(pub *mut F);

/// For the twin: the child as the machine will ask for it, given up.
///
/// # Panics
///
/// If it is called.
pub fn child<F>(_: F) -> Child<F> {
    unreachable!("the straight-line twin is never run")
}

/// Children that can be cancelled.
impl<F: Coroutine> Child<F> {
    /// Cancels the child.
    ///
    /// # Safety
    ///
    /// The place holds a child, which stays there until it is dropped and of which nobody else has a reference.
    #[inline(always)]
    pub unsafe fn cancel(&self, cx: &mut Context<'_>) -> Poll<()> {
        // SAFETY: the caller's promise is the same.
        unsafe { pinned(self.0) }.poll_cancel(cx)
    }

    /// Traces the child.
    ///
    /// # Safety
    ///
    /// As for `cancel`.
    #[inline(always)]
    pub unsafe fn trace(&self, visit: &mut dyn FnMut(Frame)) {
        // SAFETY: the caller's promise is the same.
        unsafe { pinned(self.0) }.trace(visit);
    }

    /// For the twin, that it is checked with the same impl. Does nothing.
    pub fn reach(&self) {}
}

/// # Safety
///
/// `place` holds an `F`, which stays there until it is dropped and of which nobody else has a reference for `'a`.
#[inline(always)]
unsafe fn pinned<'a, F>(place: *mut F) -> Pin<&'a mut F> {
    // SAFETY: the caller says that it is there and alone.
    let child = unsafe { &mut *place };
    // SAFETY: the caller says that it is not moved any more.
    unsafe { Pin::new_unchecked(child) }
}

impl<F> Deref for Child<F> {
    type Target = AnyFuture;

    #[inline(always)]
    fn deref(&self) -> &AnyFuture {
        &AnyFuture
    }
}

/// A child that is no coroutine: to cancel it is to drop it.
pub struct AnyFuture;

impl AnyFuture {
    /// Ready at once.
    ///
    /// # Safety
    ///
    /// None; it is the counterpart of [`Child::cancel`].
    #[inline(always)]
    pub unsafe fn cancel(&self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    /// Has nothing to say.
    ///
    /// # Safety
    ///
    /// None; it is the counterpart of [`Child::trace`].
    #[inline(always)]
    pub unsafe fn trace(&self, _: &mut dyn FnMut(Frame)) {}

    /// For the twin. Does nothing.
    pub fn reach(&self) {}
}
