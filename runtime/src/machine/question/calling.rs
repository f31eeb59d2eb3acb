//! Calls that are given closures whose parameters have no types of their own.
//!
//! Such an argument can't be bound first: what its types are, the method says. So the call is typed once, in code that
//! never runs, and each closure's types are learned there; in the questions something of these types stands in its stead.
//! The call itself stands once, so that closures among its arguments may be a part of its result: its receiver is a box of
//! the moved value, or the place. The answers are told apart by whether a probe gave them.

use core::marker::PhantomData;

extern crate alloc;
use alloc::boxed::Box;

use super::{Inside, Never, Ours, Plain, unasked};
use crate::machine::slot::Guard;

/// What a closure takes and gives.
pub struct Signature<P, R>(PhantomData<(P, R)>);

impl<P, R> Signature<P, R> {
    /// Where it is still open.
    pub const OPEN: Self = Signature(PhantomData);

    /// Gives the parameters their types; never called.
    pub fn costate_takes(&self, _: P) {}

    /// Gives the result its type; never called.
    pub fn costate_gives(&self, result: R) -> R {
        result
    }

    /// Never called.
    pub fn costate_result(&self) -> R {
        unasked()
    }
}

/// An answer has to be of a known type: one that is open could be taken for a probe's.
pub trait Known: Sized {
    /// Itself; never called.
    fn costate_known(self) -> Self {
        self
    }
}

impl<T> Known for T {}

/// What the probes by value, by `&` and by `&mut` answered, the one inside a box, the one that was asked again, and the
/// type of which nobody knows.
pub struct Called<Q, A, B, N, W, D>(PhantomData<(Q, A, B, N, W, D)>);

impl<Q, A, B, N, W, D> Called<Q, A, B, N, W, D> {
    /// An answer whose type is still open.
    pub const OPEN: Self = Called(PhantomData);
}

/// Gives it its type; never called.
pub fn called<Q, A, B, N, W, D>(_: &Called<Q, A, B, N, W, D>, _: Q, _: A, _: B, _: N, _: W, _: D) {}

/// Whom the second question is put to; see [`AskAgain`](super::AskAgain).
pub struct Again<'a, T, A, B>(pub *mut T, pub PhantomData<&'a (A, B)>);

/// Names the types of the first answers; never called.
pub fn again<'a, T, A, B>(place: *mut T, _: &'a A, _: &'a B) -> Again<'a, T, A, B> {
    Again(place, PhantomData)
}

macro_rules! again {
    ($name:ident [$($generics:tt)*] $ty:ty => $whom:ty) => {
        /// Who is asked again.
        pub trait $name {
            /// The receiver.
            type Whom<P>;
            /// Never called.
            fn costate_whom<P>(&self, _: P) -> Self::Whom<P> {
                unasked()
            }
        }
        impl<$($generics)*> $name for $ty {
            type Whom<P> = $whom;
        }
    };
}

again!(AgainNobody [T] &&Again<'_, T, Ours, Ours> => P);
again!(AgainItself [T, B] &Again<'_, T, Ours, B> => T);
again!(AgainOther [T, A, B] Again<'_, T, A, B> => P);

/// Puts a value into a box: what derefs to it can be moved out of.
///
/// # Safety
///
/// The local is initialised.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn boxed<T, G: Guard<T>>(_: *mut T, live: &G) -> Box<T> {
    // SAFETY: the caller says so.
    Box::new(unsafe { live.take() })
}

/// The place itself.
///
/// # Safety
///
/// None is needed; it is unsafe as [`boxed`] is, in whose place it stands.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn in_place<T, G: Guard<T>>(place: *mut T, _: &G) -> *mut T {
    place
}

macro_rules! outcome {
    (consumes $name:ident [$($generics:tt)*] $ty:ty) => {
        outcome!($name [$($generics)*] $ty, (), {}, Box<T>, boxed);
    };
    (borrows $name:ident [$($generics:tt)*] $ty:ty) => {
        outcome!($name [$($generics)*] $ty, Never, { unasked() }, *mut T, in_place);
    };
    ($name:ident [$($generics:tt)*] $ty:ty, $if:ty, $on:block, $receiver:ty, $of:ident) => {
        #[doc = concat!("What `", stringify!($ty), "` says.")]
        pub trait $name {
            /// Goes on only if the call consumes.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn if_consumes(&self) -> $if $on
            /// What derefs to the receiver: the moved value or the place.
            ///
            /// # Safety
            ///
            /// The local is initialised.
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn receiver<T, G: Guard<T>>(&self, place: *mut T, live: &G) -> $receiver {
                // SAFETY: the caller says that it is initialised.
                unsafe { $of(place, live) }
            }
        }
        impl<$($generics)*> $name for $ty {}
    };
}

outcome!(borrows CallsUnasked [W, D] &&&&&&&&Called<Plain, Plain, Plain, Plain, W, D>);
outcome!(borrows CallsInPlace [W] &&&&&&&Called<Ours, Plain, Plain, Inside<Ours>, W, Ours>);
outcome!(borrows CallsByDeref [W] &&&&&&Called<Ours, Plain, Plain, Plain, W, Ours>);
outcome!(consumes CallsByValue [Q, N, W] &&&&&Called<Q, Plain, Plain, N, W, Ours>);
outcome!(consumes CallsBoth [Q, N, W] &&&&Called<Q, Ours, Ours, N, W, Ours>);
outcome!(borrows CallsByMut [Q, B, N] &&&Called<Q, Ours, B, N, Ours, Ours>);
outcome!(consumes CallsInTheEnd [Q, B, N, W] &&Called<Q, Ours, B, N, W, Ours>);
outcome!(borrows CallsByRef [Q, A, B, N, W] &Called<Q, A, B, N, W, Ours>);
outcome!(consumes CallsOfAny [Q, A, B, N, W, D] Called<Q, A, B, N, W, D>);

/// The traits by which the answers are read, without their names.
pub mod hearing {
    pub use super::{
        AgainItself as _, AgainNobody as _, AgainOther as _, CallsBoth as _, CallsByDeref as _,
        CallsByMut as _, CallsByRef as _, CallsByValue as _, CallsInPlace as _, CallsInTheEnd as _,
        CallsOfAny as _, CallsUnasked as _,
    };
}

/// What derefs to the receiver of `x.m(a, |b| ..)`. The arguments are given twice: to be typed, where each closure tells
/// its signature, and with stand-ins for the closures.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_calling {
    ([$asking:ident] $place:ident $live:ident $([$told:ident])? . $m:ident
        [$($signature:ident)*] ($($typed:expr),*) ($($arg:ident = $given:expr),*)) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::{$asking::*, calling::{Known as _, hearing::*}};
        let gate = $crate::__private::question::calling::Called::OPEN;
        if $crate::__private::question::never() {
            // What follows is for the type checker alone.
            ::core::panic!();
            $(let $signature = $crate::__private::question::calling::Signature::OPEN;)*
            ::core::ptr::read(*$place).$m($($typed),*);
            // Whom nobody need ask: its own method comes before any trait's.
            struct CostatePlain;
            impl CostatePlain {
                fn $m(self, $($arg: impl Sized),*) -> $crate::__private::question::Plain { loop {} }
            }
            // Of which nobody knows: by value it has only what every type has that may be sent, pinned and so on alike.
            struct CostateAny<T>(::core::marker::PhantomData<T>);
            fn costate_any<T>(_: *mut T) -> CostateAny<T> { loop {} }
            impl<T> CostateAny<T> {
                fn $m(&self, $($arg: impl Sized),*) -> $crate::__private::question::Ours { loop {} }
            }
            let of_any = costate_any(*$place).$m($($given),*).costate_known();
            let asked = &&&&&&&$crate::__private::question::Recv(
                *$place, ::core::marker::PhantomData);
            let by_value = {
                #[allow(dead_code)]
                trait NameTheTraitToSayThatThisConsumes: Sized {
                    fn $m(self, $($arg: impl Sized),*) -> $crate::__private::question::Ours { loop {} }
                }
                impl<T> NameTheTraitToSayThatThisConsumes for T {}
                asked.costate_v(CostatePlain).$m($($given),*).costate_known()
            };
            let by_ref = $crate::__costate_calling!(@ [&self] [&T] asked.costate_r(CostatePlain), $m ($($arg = $given),*));
            let by_mut = $crate::__costate_calling!(@ [&mut self] [&mut T] asked.costate_m(CostatePlain), $m ($($arg = $given),*));
            let inside = {
                #[allow(dead_code)]
                trait NameTheTraitToSayThatThisConsumes: Sized {
                    fn $m(self, $($arg: impl Sized),*) -> $crate::__private::question::Ours { loop {} }
                }
                impl<T> NameTheTraitToSayThatThisConsumes for T {}
                asked.costate_inside(asked.costate_n(CostatePlain).$m($($given),*).costate_known())
            };
            let again = {
                trait _CostateAgain {
                    fn $m(&self, $($arg: impl Sized),*) -> $crate::__private::question::Ours { loop {} }
                }
                impl<T: ?Sized> _CostateAgain for T {}
                let again = &&$crate::__private::question::calling::again(*$place, &by_ref, &by_mut);
                again.costate_whom(CostatePlain).$m($($given),*).costate_known()
            };
            $crate::__private::question::calling::called(&gate, by_value, by_ref, by_mut, inside, again, of_any);
        }
        let gate = &&&&&&&&&gate;
        $($told.tell(|| gate.if_consumes());)?
        gate.receiver(*$place, $live)
    }};
    (@ [$($this:tt)*] [$($of:tt)*] $receiver:expr, $m:ident ($($arg:ident = $given:expr),*)) => {{
        trait _CostateByReference {
            fn $m($($this)*, $($arg: impl Sized),*) -> $crate::__private::question::Ours { loop {} }
        }
        impl<T: ?Sized> _CostateByReference for $($of)* {}
        $receiver.$m($($given),*).costate_known()
    }};
    ($($question:tt)*) => { $crate::__costate_calling!([asking] $($question)*) };
}

pub use crate::__costate_calling as call;
