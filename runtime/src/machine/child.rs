//! The awaited child, as what it is: a [`Coroutine`], or any other future.
//!
//! Which of the two is asked by method lookup, `child_at.settle(..)`: a method of [`At`] itself, whose
//! bound holds, comes before one of what it dereferences to. The straight-line twin asks the same question
//! of the same type ([`child`], `reach`), so no impl is chosen in the machine that the twin did not see.

use core::marker::PhantomData;
use core::ops::Deref;
use core::ptr::drop_in_place;

use super::Coroutine;
use super::at::At;
use super::awaited::Plain;
use super::op::{Known, Op};
use super::twin::never_run;

/// Children that can be cancelled.
impl<F: Coroutine> At<F> {
    /// What a suspended machine is asked, of the child that it waits for.
    ///
    /// # Safety
    ///
    /// That far in the state at `base` is a child, which stays there until it is dropped and of which nobody else has a
    /// reference.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn settle(self, base: *mut u8, op: Op) -> Option<Known> {
        // SAFETY: the caller says that it is there.
        let child = unsafe { self.of(base) };
        match op {
            // SAFETY: the caller's promise is the same.
            Op::Child => Some(unsafe { Known::new(child) }),
            Op::Drop | Op::Leave => {
                // SAFETY: the caller says that a child is there, which is to be gone.
                unsafe { drop_in_place(child) };
                None
            }
        }
    }
}

/// A child that is no coroutine: to cancel it is to drop it.
impl<F> Plain<F> {
    /// The counterpart of [`At::settle`].
    ///
    /// # Safety
    ///
    /// The same.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn settle(&self, base: *mut u8, op: Op) -> Option<Known> {
        if op.drops() {
            // SAFETY: the caller says that a child is there, which is to be gone.
            unsafe { drop_in_place(self.0.of(base)) };
        }
        None
    }
}

/// For the twin: the child, given up as the machine gives it up.
pub struct Child<F>(PhantomData<F>);

/// What is no coroutine, in the twin.
pub struct AnyFuture<F>(PhantomData<F>);

/// For the twin: the child as the machine will ask for it, given up.
///
/// # Panics
///
/// If it is called.
pub fn child<F>(_: F) -> Child<F> {
    never_run()
}

impl<F: Coroutine> Child<F> {
    /// For the twin, that it is checked with the same impl. Does nothing.
    pub fn reach(&self) {}
}

impl<F> Deref for Child<F> {
    type Target = AnyFuture<F>;

    fn deref(&self) -> &AnyFuture<F> {
        never_run()
    }
}

impl<F> AnyFuture<F> {
    /// For the twin. Does nothing.
    pub fn reach(&self) {}
}
