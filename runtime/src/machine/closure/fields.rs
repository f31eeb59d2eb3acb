//! What a `move` closure captures of a local of which it mentions only fields.
//!
//! Input: the place and the guard of the local, and what takes the fields. Output: these, or the whole local where the type
//! has the closure capture it.

use core::marker::PhantomData;
use core::ops::Deref;
use core::pin::Pin;
use core::ptr;

extern crate alloc;
use alloc::{boxed::Box, rc::Rc, sync::Arc};

use crate::machine::question::Never;
use crate::machine::slot::Guard;

/// A local of which a `move` closure mentions only fields: of a pointer it captures the whole, and so of what has a drop
/// of its own, unless these are copied; of a value that needs no drop the whole is as good, and of any other fields that need
/// no drop are copied. By autoref: `(&&&&&&&Parts(.., fields(|| types))).take(|| fields)`.
pub struct Parts<'a, T, G, F>(pub *mut T, pub &'a G, pub Fields<F>);

/// The types of all the fields that are mentioned, as nested pairs of [`Field`]s that end in `()`, or [`Unseen`].
pub struct Fields<F>(PhantomData<F>);

/// The type of a field.
pub struct Field<T>(PhantomData<T>);

/// Types that are not known.
pub struct Unseen;

/// Fields that are all `Copy`, which a closure copies.
pub trait CopyFields {}

impl CopyFields for () {}
impl<T: Copy, F: CopyFields> CopyFields for (Field<T>, F) {}

/// Learns the types; what says them is never called.
#[cfg_attr(not(debug_assertions), inline(always))]
pub const fn fields<F>(_: &impl Fn() -> F) -> Fields<F> {
    Fields(PhantomData)
}

/// The type of the field at this place; never called.
pub fn field<T>(_: *const T) -> Field<T> {
    Field(PhantomData)
}

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
    /// Of what derefs, too, such fields may be its own, and may be behind it.
    TakeUnsure Never
);
take!(
    /// Of what has a drop of its own fields that are `Copy` are captured by themselves.
    TakeCopies ()
);
take!(
    /// Of any other field of it the whole is captured, out of which nothing can be moved.
    TakeDropped Never
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
        impl<U: ?Sized, G: Guard<$ty>, X> TakePointer for &&&&&&Parts<'_, $ty, G, X> {
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

impl<'u, U: ?Sized, G, X> TakePointer for &&&&&&Parts<'_, Pin<&'u mut U>, G, X>
where
    G: Guard<Pin<&'u mut U>>,
{
    type Captured<F> = Pin<&'u mut U>;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<F>(&self, _: impl FnOnce() -> F) -> Pin<&'u mut U> {
        // SAFETY: the caller says that it is initialised.
        unsafe { self.1.take() }
    }
}

#[allow(
    drop_bounds,
    reason = "the question is whether the type itself has a drop"
)]
impl<T: Drop + Deref, G: Guard<T>, X: CopyFields> TakeUnsure for &&&&&Parts<'_, T, G, X> {
    type Captured<F> = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<F>(&self, _: impl FnOnce() -> F) -> T {
        const { needs_no_drop::<T>() };
        // SAFETY: the caller says that it is initialised.
        unsafe { self.1.take() }
    }
}

#[allow(
    drop_bounds,
    reason = "the question is whether the type itself has a drop"
)]
impl<T: Drop, G, X: CopyFields> TakeCopies for &&&&Parts<'_, T, G, X> {
    type Captured<F> = F;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<F>(&self, fields: impl FnOnce() -> F) -> F {
        fields()
    }
}

#[allow(
    drop_bounds,
    reason = "the question is whether the type itself has a drop"
)]
impl<T: Drop, G: Guard<T>, X, Y> TakeDropped for &&&Parts<'_, T, G, (X, Y)> {
    type Captured<F> = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<F>(&self, _: impl FnOnce() -> F) -> T {
        // SAFETY: the caller says that it is initialised.
        unsafe { self.1.take() }
    }
}

impl<T: Copy, G: Guard<T>, X> TakeCopy for &&Parts<'_, T, G, X> {
    type Captured<F> = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<F>(&self, _: impl FnOnce() -> F) -> T {
        // SAFETY: the caller says that it is initialised.
        unsafe { self.1.take() }
    }
}

impl<T: Deref, G: Guard<T>, X> TakeBoth for &Parts<'_, T, G, X> {
    type Captured<F> = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<F>(&self, _: impl FnOnce() -> F) -> T {
        const { needs_no_drop::<T>() };
        // SAFETY: the caller says that it is initialised.
        unsafe { self.1.take() }
    }
}

impl<T, G: Guard<T>, X> TakeFields for Parts<'_, T, G, X> {
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
