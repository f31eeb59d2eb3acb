//! What closures and inner `async` blocks hold of a slot.
//!
//! Input: the place and the guard of a held local that a closure mentions. Output: something that
//! the closure captures in its stead. Invariant: it never lets the bare pointer out: a capture by
//! reference is a [`Spot`] that lives as long as the machine, a capture by value is the value.

use core::cell::UnsafeCell;
use core::marker::PhantomData;
use core::ptr;

use super::slot::Guard;

mod fields;
mod inside;

pub use fields::{CopyFields, Field, Fields, Parts, Unseen, captured_field, field, fields};
pub use fields::{
    TakeBoth, TakeCopies, TakeCopy, TakeDropped, TakeFields, TakePointer, TakeUnsure,
};
pub use inside::{Inside, IsBox, IsNoBox, Whole};

/// A held local's place, as a closure captures it that is not `move`: by reference, for `'x`.
///
/// A closure that mentions `(*spot).at()` captures `*spot` by reference, so it may outlive the
/// variable `spot` but not the machine.
#[repr(transparent)]
pub struct Spot<T>(UnsafeCell<T>);

// SAFETY: a spot stands for a borrow of a local by a closure of the same machine. Outside the
// machine the twin has checked the borrow itself; inside, both move between threads together. So
// what is asked is what a unique borrow asks.
unsafe impl<T: Send> Send for Spot<T> {}
// SAFETY: as above: the closure is what is sent, and it holds the spot by reference.
unsafe impl<T: Send> Sync for Spot<T> {}

impl<T> Spot<T> {
    /// The spot of the held local at `place`.
    ///
    /// # Safety
    ///
    /// `place` is aligned and inside the pinned machine, which lives for `'x`. The local need not
    /// be initialised until a method is called.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(
        clippy::needless_lifetimes,
        reason = "the lifetime is what the function is about"
    )]
    pub unsafe fn new<'x, A: ?Sized>(place: *mut T, _: PhantomData<&'x A>) -> &'x Spot<T> {
        // SAFETY: `Spot` is transparent over the place, which is valid for `'x`; its `UnsafeCell`
        // claims nothing about who else writes to it.
        unsafe { &*place.cast::<Spot<T>>() }
    }

    /// The same for a closure that captures it by value (`move`) and is not to be `Copy`.
    ///
    /// # Safety
    ///
    /// As for [`Spot::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn borrowed<'x, A: ?Sized>(
        place: *mut T,
        life: PhantomData<&'x A>,
    ) -> Borrowed<'x, T> {
        // SAFETY: the caller's promise is the same.
        Borrowed(unsafe { Spot::new(place, life) })
    }

    /// The place. Borrowed for as long as the twin shows that it may be.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn at(&self) -> *mut T {
        self.0.get()
    }

    /// The value, of a type that is `Copy` or a reference (which this reborrows).
    ///
    /// # Safety
    ///
    /// The type is one of those, and the local is initialised.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn value(&self) -> T {
        // SAFETY: initialised, and such a value may be read twice: a reference is
        // reborrowed, as the twin's own closure does.
        unsafe { ptr::read(self.at()) }
    }
}

impl<T> Spot<T> {
    /// The receiver of a call of which the verdict was that it borrows.
    ///
    /// # Safety
    ///
    /// The local is initialised, and the twin has checked the borrow.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(
        clippy::mut_from_ref,
        reason = "a spot is a place and not what is borrowed"
    )]
    pub unsafe fn receiver(&self) -> &mut T {
        // SAFETY: the caller's promise is the same.
        unsafe { &mut *self.at() }
    }
}

/// A [`Spot`] that is not `Copy`. A closure that holds one isn't either: whether the twin's is
/// depends on how it borrows, and what is not `Copy` is moved, which is right for both.
pub struct Borrowed<'x, T>(&'x Spot<T>);

/// The twin has checked that its closure can be cloned: then that borrows shared.
impl<T> Clone for Borrowed<'_, T> {
    fn clone(&self) -> Self {
        Borrowed(self.0)
    }
}

impl<'x, T> Borrowed<'x, T> {
    /// As [`Spot::receiver`].
    ///
    /// # Safety
    ///
    /// As for [`Spot::receiver`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(
        clippy::mut_from_ref,
        reason = "a spot is a place and not what is borrowed"
    )]
    pub unsafe fn receiver(&self) -> &'x mut T {
        // SAFETY: the caller's promise is the same.
        unsafe { self.0.receiver() }
    }

    /// As [`Spot::at`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn at(&self) -> *mut T {
        self.0.at()
    }

    /// As [`Spot::value`].
    ///
    /// # Safety
    ///
    /// As for [`Spot::value`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn value(&self) -> T {
        // SAFETY: the caller's promise is the same.
        unsafe { self.0.value() }
    }
}

/// A held local that a closure consumes: moved into the closure when it is made.
pub struct Owned<T>(UnsafeCell<T>);

// SAFETY: what a closure consumes it gives to nobody who has but a reference to the closure; through that it is cloned alone.
unsafe impl<T: Sync> Sync for Owned<T> {}

/// A closure that consumes what it captured can be cloned, if that can.
impl<T: Clone> Clone for Owned<T> {
    fn clone(&self) -> Self {
        // SAFETY: the closure isn't called while it is cloned, as a call takes it by value.
        Owned(UnsafeCell::new(unsafe { (*self.0.get()).clone() }))
    }
}

impl<T> Owned<T> {
    /// Its place in the closure.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn at(&self) -> *mut T {
        self.0.get()
    }

    /// The receiver of a call of which the verdict was that it consumes.
    ///
    /// # Safety
    ///
    /// As for [`Owned::value`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn receiver(self) -> T {
        self.0.into_inner()
    }

    /// Consumes it, and so makes the closure `FnOnce`.
    ///
    /// # Safety
    ///
    /// None is needed; it is unsafe as [`Spot::value`] is, in whose place it stands.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn value(self) -> T {
        self.0.into_inner()
    }
}

/// Asks whether a local that a closure uses by value is moved into it. By autoref:
/// `(&&&Asking(..)).capture(life)`.
pub struct Asking<'a, T, G>(pub *mut T, pub &'a G);

impl<T, G: Guard<T>> Asking<'_, T, G> {
    /// Moves the local into the closure.
    ///
    /// # Safety
    ///
    /// The local is initialised.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn moved<A: ?Sized>(self, _: PhantomData<&A>) -> Owned<T> {
        // SAFETY: the caller says that it is initialised.
        Owned(UnsafeCell::new(unsafe { self.1.take() }))
    }

    /// Leaves it in its place.
    ///
    /// # Safety
    ///
    /// As for [`Spot::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(
        clippy::needless_lifetimes,
        reason = "the lifetime is what the function is about"
    )]
    pub unsafe fn spot<'x, A: ?Sized>(self, life: PhantomData<&'x A>) -> &'x Spot<T> {
        // SAFETY: the caller's promise is the same.
        unsafe { Spot::new(self.0, life) }
    }

    /// The same for a closure that becomes `move`.
    ///
    /// # Safety
    ///
    /// As for [`Spot::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn borrowed<'x, A: ?Sized>(self, life: PhantomData<&'x A>) -> Borrowed<'x, T> {
        // SAFETY: the caller's promise is the same.
        unsafe { Spot::borrowed(self.0, life) }
    }
}

/// `Copy`: a closure that is not `move` captures it by reference.
pub trait CaptureCopy {
    /// What the local is.
    type Local;
    /// The capture.
    ///
    /// # Safety
    ///
    /// As for [`Spot::new`].
    unsafe fn capture<'x, A: ?Sized>(&self, life: PhantomData<&'x A>) -> &'x Spot<Self::Local>;
    /// The capture of a closure that borrows nothing else.
    ///
    /// # Safety
    ///
    /// As for [`Spot::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn capture_alone<'x, A: ?Sized>(
        &self,
        life: PhantomData<&'x A>,
    ) -> Borrowed<'x, Self::Local> {
        // SAFETY: the caller's promise is the same.
        Borrowed(unsafe { self.capture(life) })
    }
}

impl<T: Copy, G> CaptureCopy for &&Asking<'_, T, G> {
    type Local = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn capture<'x, A: ?Sized>(&self, life: PhantomData<&'x A>) -> &'x Spot<T> {
        // SAFETY: the caller's promise is the same.
        unsafe { Spot::new(self.0, life) }
    }
}

/// `&mut`: it is reborrowed at each use.
pub trait CaptureUnique {
    /// What the local is.
    type Local;
    /// The capture.
    ///
    /// # Safety
    ///
    /// As for [`Spot::new`].
    unsafe fn capture<'x, A: ?Sized>(&self, life: PhantomData<&'x A>) -> &'x Spot<Self::Local>;
    /// The capture of a closure that borrows nothing else.
    ///
    /// # Safety
    ///
    /// As for [`Spot::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn capture_alone<'x, A: ?Sized>(
        &self,
        life: PhantomData<&'x A>,
    ) -> Borrowed<'x, Self::Local> {
        // SAFETY: the caller's promise is the same.
        Borrowed(unsafe { self.capture(life) })
    }
}

impl<'u, U: ?Sized, G> CaptureUnique for &Asking<'_, &'u mut U, G> {
    type Local = &'u mut U;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn capture<'x, A: ?Sized>(&self, life: PhantomData<&'x A>) -> &'x Spot<&'u mut U> {
        // SAFETY: the caller's promise is the same.
        unsafe { Spot::new(self.0, life) }
    }
}

/// Anything else is moved into the closure.
pub trait CaptureMoved {
    /// What the local is.
    type Local;
    /// The capture.
    ///
    /// # Safety
    ///
    /// The local is initialised.
    unsafe fn capture<A: ?Sized>(&self, life: PhantomData<&A>) -> Owned<Self::Local>;
    /// The same: the closure owns it either way.
    ///
    /// # Safety
    ///
    /// The local is initialised.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn capture_alone<A: ?Sized>(&self, life: PhantomData<&A>) -> Owned<Self::Local> {
        // SAFETY: the caller's promise is the same.
        unsafe { self.capture(life) }
    }
}

impl<T, G: Guard<T>> CaptureMoved for Asking<'_, T, G> {
    type Local = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn capture<A: ?Sized>(&self, _: PhantomData<&A>) -> Owned<T> {
        // SAFETY: the caller says that it is initialised.
        Owned(UnsafeCell::new(unsafe { self.1.take() }))
    }
}

#[cfg(test)]
#[allow(clippy::needless_borrow, reason = "each `&` is a level of autoref")]
mod tests;
