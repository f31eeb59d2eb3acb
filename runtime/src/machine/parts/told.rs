//! The code that drops the rest of a local, as a type that code elsewhere is steered by.

use super::LiveParts;
use core::marker::PhantomData;
use core::ptr;

/// By type alone, what drops the rest of a local: told where the user's names are in scope, and used where they aren't.
///
/// Two closures capture it, which have no bytes by that, as a reference would have. Its methods take it by value, so that no method of a
/// user's trait is found before them.
pub struct Told<R>(PhantomData<R>);

impl<R> Clone for Told<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for Told<R> {}

impl<R: Copy> Told<R> {
    /// Nothing is told yet.
    pub const OPEN: Self = Told(PhantomData);

    /// Tells it, for the local of a guard.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn tell<T>(self, _: &LiveParts<T>, _: R)
    where
        R: Fn(*mut T, u64),
    {
    }

    /// What was told.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn code(self) -> R {
        const { assert!(size_of::<R>() == 0) };
        // SAFETY: a value without a size is there, of a type that is `Copy` and of which there was one to tell.
        unsafe { ptr::NonNull::<R>::dangling().read() }
    }
}

/// What a pattern that moves parts out binds, on its way to the code of the arm: nested, one for each arm.
pub enum Choice<A, B> {
    /// This arm.
    This(A),
    /// One that follows.
    Next(B),
}
