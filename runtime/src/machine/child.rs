//! The awaited child, as what it is: a [`Coroutine`], or any other future.
//!
//! Which of the two is asked by autoref, `(&Child(place)).cancel(cx)`: an impl for `Child<F>` comes before
//! one for `&Child<F>`. The straight-line twin asks the same question of the same type ([`child`],
//! `reach`), so no impl is chosen in the machine that the twin did not see.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::{Coroutine, Frame};

/// A child in its slot.
pub struct Child<F>(pub *mut F);

/// For the twin: the child as the machine will ask for it. Never called.
///
/// # Panics
///
/// If it is called.
pub fn child<F>(_: &mut F) -> Child<F> {
    unreachable!("the straight-line twin is never run")
}

/// Children that can be cancelled.
pub trait ViaCoroutine {
    /// Cancels the child.
    ///
    /// # Safety
    ///
    /// The place holds a child, which stays there until it is dropped and of which nobody else has a reference.
    unsafe fn cancel(&self, cx: &mut Context<'_>) -> Poll<()>;
    /// Traces the child.
    ///
    /// # Safety
    ///
    /// As for `cancel`.
    unsafe fn trace(&self, visit: &mut dyn FnMut(Frame));
    /// For the twin, that it is borrow-checked with the same impl. Does nothing.
    fn reach(&self) {}
}

impl<F: Coroutine> ViaCoroutine for Child<F> {
    #[inline(always)]
    unsafe fn cancel(&self, cx: &mut Context<'_>) -> Poll<()> {
        // SAFETY: the caller's promise is the same.
        unsafe { pinned(self.0) }.poll_cancel(cx)
    }

    #[inline(always)]
    unsafe fn trace(&self, visit: &mut dyn FnMut(Frame)) {
        // SAFETY: the caller's promise is the same.
        unsafe { pinned(self.0) }.trace(visit);
    }
}

/// All other children: to cancel them is to drop them.
pub trait ViaFuture {
    /// Ready at once.
    ///
    /// # Safety
    ///
    /// None; it is a counterpart of [`ViaCoroutine::cancel`].
    #[inline(always)]
    unsafe fn cancel(&self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }
    /// Has nothing to say.
    ///
    /// # Safety
    ///
    /// None; it is a counterpart of [`ViaCoroutine::trace`].
    #[inline(always)]
    unsafe fn trace(&self, _: &mut dyn FnMut(Frame)) {}
    /// For the twin. Does nothing.
    fn reach(&self) {}
}

impl<F: Future> ViaFuture for &Child<F> {}

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
