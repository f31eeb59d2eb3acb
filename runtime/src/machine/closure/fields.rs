//! What a `move` closure captures of a local of which it mentions only fields.
//!
//! Input: the place and the guard of the local, and what takes the fields. Output: these, or the whole local where the type
//! has the closure capture it.

use core::ops::Deref;
use core::pin::Pin;
use core::ptr;

extern crate alloc;
use alloc::{boxed::Box, rc::Rc, sync::Arc};

use crate::machine::question::Never;
use crate::machine::slot::Guard;

/// A local of which a `move` closure mentions only fields: of a pointer it captures the whole, of a
/// value that needs no drop the whole is as good, and of any other fields that need no drop are copied.
/// By autoref: `(&&&&Parts(..)).take(|| fields)`.
pub struct Parts<'a, T, G>(pub *mut T, pub &'a G);

macro_rules! take {
    ($(#[$about:meta])* $name:ident $if_fields:ty) => {
        $(#[$about])*
        pub trait $name {
            /// Goes on only if fields leave the local by themselves. Never called.
            fn if_fields(&self) -> $if_fields {
                unreachable!("a question is only type-checked")
            }
            /// What is captured, of which `F` are the fields.
            type Captured<F>;
            /// Moves it out, or copies it.
            ///
            /// # Safety
            ///
            /// The local is initialised.
            unsafe fn take<F>(&self, fields: impl FnOnce() -> F) -> Self::Captured<F>;
        }
    };
}

take!(
    /// The standard pointers have no fields that anyone could name: `x.f` is a field behind them.
    TakePointer Never
);
take!(
    /// What is `Copy` is as good as its fields, of which a union shares the room.
    TakeCopy Never
);
take!(
    /// What else derefs may have fields, and may have none: what is captured of it is not known.
    TakeBoth Never
);
take!(
    /// Any other type: the fields are its own.
    TakeFields ()
);

macro_rules! pointers {
    ($($(#[$why:meta])* $ty:ty),*) => {$(
        impl<U: ?Sized, G: Guard<$ty>> TakePointer for &&&Parts<'_, $ty, G> {
            type Captured<F> = $ty;
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn take<F>(&self, _: impl FnOnce() -> F) -> $ty {
                // SAFETY: the caller says that it is initialised.
                unsafe { self.1.take() }
            }
        }
    )*};
}

pointers!(Box<U>, Rc<U>, Arc<U>, Pin<Box<U>>, Pin<Rc<U>>, Pin<Arc<U>>);

impl<'u, U: ?Sized, G: Guard<Pin<&'u mut U>>> TakePointer for &&&Parts<'_, Pin<&'u mut U>, G> {
    type Captured<F> = Pin<&'u mut U>;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<F>(&self, _: impl FnOnce() -> F) -> Pin<&'u mut U> {
        // SAFETY: the caller says that it is initialised.
        unsafe { self.1.take() }
    }
}

impl<T: Copy, G: Guard<T>> TakeCopy for &&Parts<'_, T, G> {
    type Captured<F> = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<F>(&self, _: impl FnOnce() -> F) -> T {
        // SAFETY: the caller says that it is initialised.
        unsafe { self.1.take() }
    }
}

impl<T: Deref, G: Guard<T>> TakeBoth for &Parts<'_, T, G> {
    type Captured<F> = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<F>(&self, _: impl FnOnce() -> F) -> T {
        const { needs_no_drop::<T>() };
        // SAFETY: the caller says that it is initialised.
        unsafe { self.1.take() }
    }
}

impl<T, G: Guard<T>> TakeFields for Parts<'_, T, G> {
    type Captured<F> = F;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<F>(&self, fields: impl FnOnce() -> F) -> F {
        fields()
    }
}

/// Copies a field for a `move` closure that captures it.
///
/// # Safety
///
/// It is there.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn captured_field<T>(field: *const T) -> T {
    const { needs_no_drop::<T>() };
    // SAFETY: the caller says that it is there, be it in a packed struct. It needs no drop, so it may be read twice: the
    // twin has proved that it is `Copy`, or that its place is not used any more.
    unsafe { ptr::read_unaligned(field) }
}

const fn needs_no_drop<T>() {
    assert!(
        !core::mem::needs_drop::<T>(),
        "a `move` closure captures only some fields of a local that is held across a \
         suspension, which the machine cannot do: bind these fields with `let` before the \
         closure, or mention the whole local in it"
    );
}
