//! Receivers of well-known by-value methods: of `Option`, `Result`, iterators, streams and futures.
//!
//! Input: a held local and which of these types have a by-value method of the name that is called.
//! Output: the receiver itself, as the value if the local is of such a type, else as a place. The
//! call stands once, so that closures among its arguments and a result whose type is still open do
//! no harm.

use core::future::Future;
use core::marker::PhantomData;

use futures_core::Stream;

use super::{Never, unasked};
use crate::machine::slot::Guard;
use crate::machine::twin::IsWrong;

/// The method is one of that type's, by value.
pub struct Yes;
/// It is not.
pub struct No;

/// The held local, and whether `Option`, `Result`, `Iterator`, `Stream` and `Future` have a by-value method of the name
/// that is called.
pub struct Steer<'a, T, G, K>(pub *mut T, pub &'a G, pub PhantomData<K>);

macro_rules! by_value {
    ($name:ident [$($generics:tt)*] $ty:ty => $local:ty $(where $($bound:tt)*)?) => {
        /// A receiver by value.
        pub trait $name {
            /// The local's type.
            type Receiver;
            /// It consumes.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn if_consumes(&self) {}
            /// Moves the local out, or copies it.
            ///
            /// # Safety
            ///
            /// It is initialised.
            unsafe fn receiver(&self) -> Self::Receiver;
        }
        impl<$($generics)*> $name for $ty $(where $($bound)*)? {
            type Receiver = $local;
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn receiver(&self) -> $local {
                // SAFETY: the caller says that it is initialised.
                unsafe { self.1.take() }
            }
        }
    };
}

// Of what an `Option` has by value, an array has `map`.
by_value!(AsArray [T, const N: usize, G: Guard<[T; N]>, R, I, S, F]
    &&&&&&Steer<'_, [T; N], G, (Yes, R, I, S, F)> => [T; N]);
by_value!(AsOption [T, G: Guard<Option<T>>, R, I, S, F]
    &&&&&Steer<'_, Option<T>, G, (Yes, R, I, S, F)> => Option<T>);
by_value!(AsResult [T, E, G: Guard<Result<T, E>>, O, I, S, F]
    &&&&Steer<'_, Result<T, E>, G, (O, Yes, I, S, F)> => Result<T, E>);
by_value!(Iterates [T: Iterator, G: Guard<T>, O, R, S, F]
    &&&Steer<'_, T, G, (O, R, Yes, S, F)> => T);
by_value!(Streams [T: Stream, G: Guard<T>, O, R, I, F]
    &&Steer<'_, T, G, (O, R, I, Yes, F)> => T);
by_value!(Awaits [T: Future, G: Guard<T>, O, R, I, S]
    &Steer<'_, T, G, (O, R, I, S, Yes)> => T);

/// Of a type that rustc has found wrong in the twin: the call is of something that is no more known, and nothing is said of it.
pub trait AsWrong {
    /// It may.
    fn if_consumes(&self) {}
    /// Something.
    fn receiver<Unknown>(&self) -> Unknown {
        unasked()
    }
}

impl<T: IsWrong, G, K> AsWrong for &&&&&&&Steer<'_, T, G, K> {}

/// Any other receiver: a place. A by-value method of a type that is not known is E0507.
pub trait InPlace {
    /// The local's type.
    type Local;
    /// It doesn't consume.
    fn if_consumes(&self) -> Never {
        unasked()
    }
    /// The place, for as long as the twin lets it be borrowed.
    ///
    /// # Safety
    ///
    /// It is initialised.
    unsafe fn receiver<'x>(&self) -> &'x mut Self::Local
    where
        Self::Local: 'x;
}

impl<T, G, K> InPlace for Steer<'_, T, G, K> {
    type Local = T;
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn receiver<'x>(&self) -> &'x mut T
    where
        T: 'x,
    {
        // SAFETY: initialised, and the twin has checked the borrow that the call makes.
        unsafe { &mut *self.0 }
    }
}

/// The guard of what is only asked about.
pub struct Unmoved;

impl<T> Guard<T> for Unmoved {
    unsafe fn take(&self) -> T {
        unasked()
    }
}

/// The receiver of a well-known method's call on a held local: `steer!(x_ x_live Yes No Yes Yes No).map(..)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_steer {
    (@ $place:expr, $($known:ident)*) => {{
        use $crate::__private::question::steer;
        (&&&&&&&&steer::Steer(
            ($place).cast_mut(),
            &steer::Unmoved,
            ::core::marker::PhantomData::<($(steer::$known,)*)>,
        )).if_consumes()
    }};
    ($place:ident $live:ident $([$told:ident])? $($known:ident)*) => {{
        use $crate::__private::question::{asking::*, steer};
        let steered = &&&&&&&&steer::Steer(
            *$place,
            $live,
            ::core::marker::PhantomData::<($(steer::$known,)*)>,
        );
        $($told.tell(|| steered.if_consumes());)?
        steered.receiver()
    }};
}

pub use crate::__costate_steer as steer;
