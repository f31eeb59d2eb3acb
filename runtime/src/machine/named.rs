//! Is a local that a macro takes by its name a `&mut`?
//!
//! Such a one is named by a copy, through which the macro may change what it points to. Any other is named as the
//! binding of a guard, which is the place itself, to be read. The wrong branch is unreachable to rustc.
//!
//! One that the macro may change is what a closure has captured by reference, which is the place itself too ([`Code`]).

use core::marker::PhantomData;
use core::mem::{needs_drop, size_of, transmute_copy};

use super::question::Never;

/// The held local at this place. By autoref: `(&&Named(place)).is_unique()`.
pub struct Named<T>(pub *mut T);

macro_rules! answers {
    ($(#[$about:meta])* $name:ident, $is_unique:literal, $if:ty, $on:block, $unless:ty, $off:block) => {
        $(#[$about])*
        pub trait $name {
            /// Whether it is a `&mut`.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn is_unique(&self) -> bool {
                $is_unique
            }
            /// Opens the branch with the copy.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn if_unique(&self) -> $if $on
            /// Opens the branch with the place.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn if_other(&self) -> $unless $off
        }
    };
}

answers!(
    /// A `&mut`.
    Unique, true, (), {}, Never, { never_called() }
);
answers!(
    /// Anything else.
    Other, false, Never, { never_called() }, (), {}
);

impl<U: ?Sized> Unique for &Named<&mut U> {}
impl<T> Other for Named<T> {}

fn never_called() -> Never {
    unreachable!("the branch of the other answer is never taken")
}

/// What a macro does with the one local that it is given by name: a closure of this type, which captures that by reference
/// and is never made. Its value is the address of the local.
pub struct Code<C>(PhantomData<C>);

/// What such a macro gives: a `return` in it gives something else, and does not compile.
pub struct Given<R>(pub R);

impl<C> Code<C> {
    /// Code that is not known yet.
    pub const OPEN: Self = Code(PhantomData);

    /// Says which closure it is; never called.
    pub fn is<R>(&self, _: C)
    where
        C: FnOnce() -> Given<R>,
    {
    }

    /// The same of one that moves nothing out of what it captures; never called.
    pub fn keeps<R>(&self, _: C)
    where
        C: FnMut() -> Given<R>,
    {
    }

    /// Another closure of the same macro: it moves nothing out of what it captures, as rustc sees to. Never called.
    pub fn moves_nothing(&self, _: impl FnMut()) {}

    /// Runs the code on this local.
    ///
    /// # Safety
    ///
    /// `C` mentions a local of this type as a whole, and moves nothing out of what it captures. There is a value at `place`, with
    /// which may be done for now what the code does.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn run<T, R>(self, place: *mut T) -> R
    where
        C: FnOnce() -> Given<R>,
    {
        const {
            assert!(
                size_of::<C>() == size_of::<*mut T>() && !needs_drop::<C>(),
                "a macro that is given the name of one local names another"
            );
        }
        // SAFETY: since `C` mentions the local and doesn't move it, it has captured a reference to all of it (of a capture and of a
        // part of it rustc makes one); as there is room for no more, it is that reference. What that refers to may
        // be used so, says the caller.
        let code: C = unsafe { transmute_copy(&place) };
        code().0
    }
}
