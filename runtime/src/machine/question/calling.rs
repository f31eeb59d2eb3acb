//! Calls that are given closures whose parameters have no types of their own.
//!
//! Such an argument can't be bound first: what its types are, the method says. So the call is typed once, in code that
//! never runs, and each closure's types are learned there; in the questions something of these types stands in its stead.
//! The call itself stands once, so that closures among its arguments may be a part of its result: its receiver is a box of
//! the moved value, or the place. The answers are told apart by whether a probe gave them.

use core::marker::PhantomData;

extern crate alloc;
use alloc::boxed::Box;

use super::{Never, Ours, Plain, unasked};
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

/// What the probe by `&` answered of the type itself, the one by value of that and of the inside of a box, and the type of which
/// nobody knows.
pub struct Called<S, W, X, D>(PhantomData<(S, W, X, D)>);

impl<S, W, X, D> Called<S, W, X, D> {
    /// An answer whose type is still open.
    pub const OPEN: Self = Called(PhantomData);
}

/// Gives it its type; never called.
pub fn called<S, W, X, D>(_: &Called<S, W, X, D>, _: S, _: W, _: X, _: D) {}

/// Whom the second question is put to; see [`AskAgain`](super::AskAgain).
pub struct Again<'a, T, S, I>(pub *mut T, pub PhantomData<&'a (S, I)>);

/// Names the types of the first answers; never called.
pub fn again<'a, T, S, I>(place: *mut T, _: &'a S, _: &'a I) -> Again<'a, T, S, I> {
    Again(place, PhantomData)
}

again!(AgainItself costate_again [T, I] &Again<'_, T, Ours, I> => T);
again!(AgainNobody costate_again [T, S, I] Again<'_, T, S, I> => P);
again!(AgainWithin costate_within [U] &Again<'_, Box<U>, Ours, Ours> => U);
again!(AgainNothing costate_within [T, S, I] Again<'_, T, S, I> => P);

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

outcome!(borrows CallsUnasked [W, X, D] &&&&&Called<Plain, W, X, D>);
outcome!(borrows CallsWithin [S] &&&&Called<S, Ours, Ours, Ours>);
outcome!(borrows CallsInPlace [S] &&&Called<S, Ours, Plain, Ours>);
outcome!(borrows CallsByRef [S, X] &&Called<S, Plain, X, Ours>);
outcome!(consumes CallsByValue [S, W, X] &Called<S, W, X, Ours>);
outcome!(consumes CallsOfAny [S, W, X, D] Called<S, W, X, D>);

/// The traits by which the answers are read, without their names.
pub mod hearing {
    pub use super::{
        AgainItself as _, AgainNobody as _, AgainNothing as _, AgainWithin as _, CallsByRef as _,
        CallsByValue as _, CallsInPlace as _, CallsOfAny as _, CallsUnasked as _, CallsWithin as _,
    };
}

/// What derefs to the receiver of `x.m(a, |b| ..)`. The arguments are given twice: to be typed, where each closure tells
/// its signature, and with stand-ins for the closures.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_calling {
    ([$asking:ident] $place:ident $live:ident $([$told:ident])? . $m:ident [$($g:ident),*] [$($turbofish:tt)*]
        [$($signature:ident)*] ($($typed:expr),*) ($($arg:ident = $given:expr),*)) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::{$asking::*, calling::{Known as _, hearing::*}};
        let gate = $crate::__private::question::calling::Called::OPEN;
        if $crate::__private::question::never() {
            // What follows is for the type checker alone.
            ::core::panic!();
            $(let $signature = $crate::__private::question::calling::Signature::OPEN;)*
            ::core::ptr::read(*$place).$m $($turbofish)* ($($typed),*);
            // Whom nobody need ask: its own method comes before any trait's.
            struct CostatePlain;
            impl CostatePlain {
                fn $m<$($g),*>(self, $($arg: impl Sized),*) -> $crate::__private::question::Plain { loop {} }
            }
            // Of which nobody knows: by value it has only what every type has that may be sent, pinned and so on alike.
            struct CostateAny<T>(::core::marker::PhantomData<T>);
            fn costate_any<T>(_: *mut T) -> CostateAny<T> { loop {} }
            impl<T> CostateAny<T> {
                fn $m<$($g),*>(&self, $($arg: impl Sized),*) -> $crate::__private::question::Ours { loop {} }
            }
            let of_any = costate_any(*$place).$m $($turbofish)* ($($given),*).costate_known();
            let asked = &&&&$crate::__private::question::Recv(
                *$place, ::core::marker::PhantomData);
            let (itself, inside) = {
                trait _CostateByRef {
                    fn $m<$($g),*>(&self, $($arg: impl Sized),*) -> $crate::__private::question::Ours { loop {} }
                }
                impl<T: ?Sized> _CostateByRef for &T {}
                (
                    asked.costate_itself(CostatePlain).$m $($turbofish)* ($($given),*).costate_known(),
                    asked.costate_inside(CostatePlain).$m $($turbofish)* ($($given),*).costate_known(),
                )
            };
            {
                #[allow(dead_code)]
                trait NameTheTraitToSayThatThisConsumes {
                    fn $m<$($g),*>(&self, $($arg: impl Sized),*) -> $crate::__private::question::Ours { loop {} }
                }
                impl<T> NameTheTraitToSayThatThisConsumes for T {}
                let again = &&$crate::__private::question::calling::again(*$place, &itself, &inside);
                $crate::__private::question::calling::called(
                    &gate,
                    itself,
                    again.costate_again(CostatePlain).$m $($turbofish)* ($($given),*).costate_known(),
                    again.costate_within(CostatePlain).$m $($turbofish)* ($($given),*).costate_known(),
                    of_any,
                );
            }
        }
        let gate = &&&&&&gate;
        $($told.tell(|| gate.if_consumes());)?
        gate.receiver(*$place, $live)
    }};
    ($($question:tt)*) => { $crate::__costate_calling!([asking] $($question)*) };
}

pub use crate::__costate_calling as call;
