//! The awaited child, as what it is: a [`Coroutine`], or any other future.
//!
//! Which of the two is asked by method lookup, `Child(place).waits(..)`: a method of [`Child`] itself, whose
//! bound holds, comes before one of what it dereferences to. The straight-line twin asks the same question
//! of the same type ([`child`], `reach`), so no impl is chosen in the machine that the twin did not see.

use core::mem::forget;
use core::ops::Deref;
use core::pin::Pin;
use core::ptr::drop_in_place;

use super::op::Op;
use super::{Coroutine, Frame};

/// A child in its slot.
#[repr(transparent)]
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
    /// What a suspended machine is asked, of the child that it waits for: whether it goes on waiting. Else the child is
    /// dropped.
    ///
    /// # Safety
    ///
    /// The place holds a child, which stays there until it is dropped and of which nobody else has a reference.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn waits(&self, op: &mut Op<'_, '_>, frame: Frame) -> bool {
        let child = Started(self.0);
        let waits = match op {
            // SAFETY: the caller's promise is the same.
            Op::Cancel(cx) => unsafe { pinned(child.0) }.poll_cancel(cx).is_pending(),
            Op::Drop | Op::Resume => false,
            Op::Trace(visit) => {
                visit(frame);
                // SAFETY: as above.
                unsafe { pinned(child.0) }.trace(visit);
                true
            }
        };
        if waits {
            forget(child);
        }
        waits
    }

    /// For the twin, that it is checked with the same impl. Does nothing.
    pub fn reach(&self) {}
}

/// A child in its slot: dropped unless this is forgotten, also if it panics.
struct Started<F>(*mut F);

impl<F> Drop for Started<F> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        // SAFETY: whoever made this said that a child is there, and forgets this where it stays.
        unsafe { drop_in_place(self.0) };
    }
}

/// # Safety
///
/// `place` holds an `F`, which stays there until it is dropped and of which nobody else has a reference for `'a`.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn pinned<'a, F>(place: *mut F) -> Pin<&'a mut F> {
    // SAFETY: the caller says that it is there and alone.
    let child = unsafe { &mut *place };
    // SAFETY: the caller says that it is not moved any more.
    unsafe { Pin::new_unchecked(child) }
}

impl<F> Deref for Child<F> {
    type Target = AnyFuture<F>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &AnyFuture<F> {
        // SAFETY: it is the same pointer in the same layout, which `repr(transparent)` says.
        unsafe { &*core::ptr::from_ref(self).cast() }
    }
}

/// A child that is no coroutine: to cancel it is to drop it.
#[repr(transparent)]
pub struct AnyFuture<F>(*mut F);

impl<F> AnyFuture<F> {
    /// The counterpart of [`Child::waits`].
    ///
    /// # Safety
    ///
    /// The same.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn waits(&self, op: &mut Op<'_, '_>, frame: Frame) -> bool {
        let waits = op.traces(frame);
        if !waits {
            // SAFETY: the caller says that a child is there, which is to be gone.
            unsafe { drop_in_place(self.0) };
        }
        waits
    }

    /// For the twin. Does nothing.
    pub fn reach(&self) {}
}
