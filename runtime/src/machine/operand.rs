//! Operands that have their value before others suspend.
//!
//! Input: the place of an operand that is used in place: a receiver, a side of a comparison. Output:
//! what the operator or the method will be given. Of a `Copy` type that may be the value of now, which
//! later operands may change; anything else is borrowed, and stays as it is. Invariant: what comes out
//! is used as a place of the operand's own type, so that method lookup finds what it would.

use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

/// The place of an operand. By autoref the first of the levels below that fits its type chooses.
pub struct Steady<'x, T: ?Sized, A: ?Sized>(pub *const T, pub PhantomData<&'x A>);

/// What is `Copy` is copied.
pub trait Copies {
    /// Its type.
    type Value;
    /// The copy.
    ///
    /// # Safety
    ///
    /// The place holds a value.
    unsafe fn steady(&self) -> Copied<Self::Value>;
}

/// Anything else stays where it is.
pub trait Borrows<'x> {
    /// Its type.
    type Value: ?Sized;
    /// The place.
    fn steady(&self) -> InPlace<'x, Self::Value>;
}

impl<T: Copy, A: ?Sized> Copies for &Steady<'_, T, A> {
    type Value = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn steady(&self) -> Copied<T> {
        // SAFETY: the caller says that there is a value, and it is `Copy`.
        Copied(unsafe { *self.0 })
    }
}

impl<'x, T: ?Sized + 'x, A: ?Sized> Borrows<'x> for Steady<'x, T, A> {
    type Value = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn steady(&self) -> InPlace<'x, T> {
        InPlace(self.0.cast_mut(), PhantomData)
    }
}

/// A copy: it can be read, and not changed, which would be lost.
pub struct Copied<T>(T);

/// What is copied before later operands assign it.
#[diagnostic::on_unimplemented(
    message = "this is assigned before the expression around it uses it",
    label = "bind it first: `let value = ...;`"
)]
pub trait CopiedFirst: Copy {}

impl<T: Copy> CopiedFirst for T {}

impl<T: CopiedFirst> Copied<T> {
    /// The copy.
    ///
    /// # Safety
    ///
    /// The place holds a value.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn of(place: *const T) -> Self {
        // SAFETY: the caller says that there is a value, and it is `Copy`.
        Copied(unsafe { *place })
    }
}

impl<T> Deref for Copied<T> {
    type Target = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &T {
        &self.0
    }
}

/// A place that is borrowed when it is used.
pub struct InPlace<'x, T: ?Sized>(*mut T, PhantomData<&'x mut T>);

// SAFETY: it is used as the twin uses the place: by a unique reference, or by a shared one. The place is a part of a
// local that is held wherever this is, and which forbids to be sent what a shared reference to the place forbids.
unsafe impl<T: ?Sized + Send> Send for InPlace<'_, T> {}
// SAFETY: a shared one gives shared access.
unsafe impl<T: ?Sized + Sync> Sync for InPlace<'_, T> {}

impl<T: ?Sized> Deref for InPlace<'_, T> {
    type Target = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &T {
        // SAFETY: only `Steady` makes one, of a place that the twin borrows until it is used.
        unsafe { &*self.0 }
    }
}

impl<T: ?Sized> DerefMut for InPlace<'_, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as above; the twin borrows it uniquely where it is used so.
        unsafe { &mut *self.0 }
    }
}

/// An element that was found by a call, of which nobody knows whether it may be changed: it can be read.
pub struct Shared<P>(pub P);

impl<P: Deref> Deref for Shared<P> {
    type Target = P::Target;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &P::Target {
        &self.0
    }
}

/// What a pointer in a slot points to; for the type checker alone.
///
/// # Panics
///
/// If it is called.
pub fn target<T: ?Sized>(_: *mut &mut T) -> &mut T {
    unreachable!("the question which operand comes first is answered before")
}

/// A copy of what is `Copy`, else the place: `steady!(life, PLACE)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_steady {
    ($life:ident, $place:expr) => {{
        use $crate::__private::operand::{Borrows as _, Copies as _};
        (&&$crate::__private::operand::Steady(&raw const $place, $life)).steady()
    }};
}

pub use crate::__costate_steady as steady;
