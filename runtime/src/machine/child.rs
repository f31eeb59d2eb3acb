//! The awaited child, as what it is: a [`Coroutine`], or any other future.
//!
//! Which of the two is asked by method lookup, `Child(place).settle(..)`: a method of [`Child`] itself, whose
//! bound holds, comes before one of what it dereferences to. The straight-line twin asks the same question
//! of the same type ([`child`], `reach`), so no impl is chosen in the machine that the twin did not see.

use core::ops::Deref;
use core::ptr::drop_in_place;

use super::Coroutine;
use super::op::{Known, Op};

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
    /// What a suspended machine is asked, of the child that it waits for.
    ///
    /// # Safety
    ///
    /// The place holds a child, which stays there until it is dropped and of which nobody else has a reference.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn settle(&self, op: Op) -> Option<Known> {
        match op {
            // SAFETY: the caller's promise is the same.
            Op::Child => Some(unsafe { Known::new(self.0) }),
            Op::Drop | Op::Leave => {
                // SAFETY: the caller says that a child is there, which is to be gone.
                unsafe { drop_in_place(self.0) };
                None
            }
        }
    }

    /// For the twin, that it is checked with the same impl. Does nothing.
    pub fn reach(&self) {}
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
    /// The counterpart of [`Child::settle`].
    ///
    /// # Safety
    ///
    /// The same.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn settle(&self, op: Op) -> Option<Known> {
        if op.drops() {
            // SAFETY: the caller says that a child is there, which is to be gone.
            unsafe { drop_in_place(self.0) };
        }
        None
    }

    /// For the twin. Does nothing.
    pub fn reach(&self) {}
}
