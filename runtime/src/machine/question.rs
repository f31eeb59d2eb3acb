//! Does `x.m(..)` consume the held local `x`? rustc is asked, and its answer steers what exists.
//!
//! Input: the tokens of one call (the macros below, called by the expansion on a local's last
//! mention alone). Output: the call, on the moved value if the method takes `self` by value, else
//! in place. Invariant: no guess; where the question cannot be put, the call does not compile.
//!
//! - *Ask.* Local probe traits with a method of the same name, each implemented for every type that
//!   it is put to, answer [`Ours`] where the user's method does not come first in method lookup.
//!   Methods that take `self` by value are looked up first, then `&self`, then `&mut self`, then those of
//!   what the type derefs to. So a probe by `&` that is called on a `&T` says whether the method is by `&`; where
//!   it isn't, one that is called on a `T` says whether it is by value, also for methods of traits: nowhere
//!   do a probe's and a user's method come at the same place. Out of a box what is in it can be moved, so both
//!   are asked about that, too. [`Recv`] chooses by the slot's type which questions can be put.
//! - *Steer.* Code after a call whose type is uninhabited is type-checked but not borrow-checked.
//!   Each branch compiles in either case, and the wrong one has no E0507 to report.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::closure::{Asking, Borrowed, Owned, Spot};
use super::slot::Guard;

mod calls;
mod gate;
mod given;
mod lent;
mod open;
mod optional;
mod plain;
mod settle;
pub mod steer;

/// What a call that cannot happen returns: the code after it is unreachable to rustc.
pub enum Never {}

/// What a probe's method returns, that was called with these types.
pub struct Ours<G = ()>(PhantomData<G>);

/// What is awaited of a method that there is none of, which rustc has said by then.
impl<G> Future for Ours<G> {
    type Output = Self;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self> {
        unreachable!("the twin is refused by rustc")
    }
}

/// What is returned where a question need not be put to this type.
pub struct Plain<G = ()>(PhantomData<G>);

/// The first answer: the call's type, then what the probe by `&` answered of the type itself and of the inside of a box.
pub struct Answer<V, S, I>(PhantomData<(V, S, I)>);

impl<V, S, I> Answer<V, S, I> {
    /// An answer whose type is still open.
    pub const UNASKED: Self = Answer(PhantomData);
}

/// Gives an answer its type; never called. By reference, where what never returns has a type of its own.
pub fn told<V, S, I>(_: &Answer<V, S, I>, _: &V, _: &S, _: &I) {}

/// False, which rustc does not know.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn never() -> bool {
    false
}

/// Takes what a call gives that is for the type checker alone: Clippy asks of some that something be done with it.
pub fn checked<T>(_: T) {}

/// What is at a place; never called.
pub fn any_at<T>(_: *const T) -> T {
    unasked()
}

fn unasked<T>() -> T {
    unreachable!("a question is only type-checked")
}

/// The held local at this place, as the questions see it. By autoref the first of the levels below
/// that fits its type says what the probe by `&` is called on.
pub struct Recv<'a, T>(pub *mut T, pub PhantomData<&'a ()>);

macro_rules! level {
    ($name:ident [$($generics:tt)*] $ty:ty => $itself:ty, $inside:ty) => {
        #[doc = concat!("Who is asked of a `", stringify!($ty), "`: that, or `P`, which has a method of that name of its own.")]
        pub trait $name {
            /// Who is asked of itself.
            type Itself<P>;
            /// Who is asked of the inside of a box.
            type Inside<P>;
            /// Never called.
            fn costate_itself<P>(&self, _: P) -> Self::Itself<P> {
                unasked()
            }
            /// Never called.
            fn costate_inside<P>(&self, _: P) -> Self::Inside<P> {
                unasked()
            }
        }
        impl<'a, $($generics)*> $name for $ty {
            type Itself<P> = $itself;
            type Inside<P> = $inside;
        }
    };
}

// `Copy` and references are not asked: in place, by value or by reference, comes to the same. Of a type with a closure in
// it rustc doesn't know whether it is `Copy` before the end of the function, and takes it to be: behind a closure only
// those are left out that have none. (One trait says which: of two there would be no telling where the type is wrong.)
level!(AskCopy [T: Copy] &&&Recv<'a, T> => P, P);
level!(AskPlain [T: plain::Plain] &&&Recv<'a, T> => P, P);
level!(AskUnique [U: ?Sized] &&Recv<'a, &'a mut U> => P, P);
level!(AskBox [U: ?Sized + 'a] &Recv<'a, Box<U>> => &'a Box<U>, &'a U);
level!(AskAny [T: 'a] Recv<'a, T> => &'a T, P);

/// The two outcomes, and what makes the other branch unreachable.
macro_rules! outcome {
    (consumes $name:ident [$($generics:tt)*] $ty:ty) => {
        outcome!($name [$($generics)*] $ty, true, (), {}, Never, { unasked() },
            Owned<T>, Owned<T>, moved, moved);
    };
    (borrows $name:ident [$($generics:tt)*] $ty:ty) => {
        outcome!($name [$($generics)*] $ty, false, Never, { unasked() }, (), {},
            &'x Spot<T>, Borrowed<'x, T>, spot, borrowed);
    };
    ($name:ident [$($generics:tt)*] $ty:ty,
        $consumes:literal, $if:ty, $on:block, $unless:ty, $off:block,
        $mixed:ty, $alone:ty, $as_mixed:ident, $as_alone:ident) => {
        #[doc = concat!("What `", stringify!($ty), "` says.")]
        pub trait $name {
            /// Whether the call consumes its receiver.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn consumes(&self) -> bool {
                $consumes
            }
            /// Opens the branch that moves.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn if_consumes(&self) -> $if $on
            /// Opens the branch that borrows.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn if_borrows(&self) -> $unless $off
            /// What a closure captures that may borrow other locals too.
            ///
            /// # Safety
            ///
            /// As for [`Asking::moved`] and [`Asking::spot`].
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn mixed<'x, T: 'x, G: Guard<T>, A: ?Sized>(
                &self,
                local: Asking<'_, T, G>,
                life: PhantomData<&'x A>,
            ) -> $mixed {
                // SAFETY: the caller's promise is the same.
                unsafe { local.$as_mixed(life) }
            }
            /// What a closure captures that becomes `move`.
            ///
            /// # Safety
            ///
            /// As for [`Asking::moved`] and [`Asking::borrowed`].
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn alone<'x, T: 'x, G: Guard<T>, A: ?Sized>(
                &self,
                local: Asking<'_, T, G>,
                life: PhantomData<&'x A>,
            ) -> $alone {
                // SAFETY: the caller's promise is the same.
                unsafe { local.$as_alone(life) }
            }
        }
        impl<$($generics)*> $name for $ty {}
    };
}

/// A first answer about the local at this place, as the second question sees it.
pub struct About<'a, T, G>(pub *mut T, pub &'a G);

macro_rules! again {
    ($name:ident $method:ident [$($generics:tt)*] $ty:ty => $whom:ty) => {
        #[doc = concat!("Who is asked again about a `", stringify!($ty), "`: that, or `P`.")]
        pub trait $name {
            /// The receiver.
            type Whom<P>;
            /// Never called.
            fn $method<P>(&self, _: P) -> Self::Whom<P> {
                unasked()
            }
        }
        impl<$($generics)*> $name for $ty {
            type Whom<P> = $whom;
        }
    };
}

// The local itself, unless that need not be asked, or the method is one by `&`. (One whose result's type is open may look like the other.)
again!(AskAgain costate_again [T, V, I] &&&About<'_, T, Answer<V, Ours, I>> => T);
again!(AskNobody costate_again [T, V, I] &&About<'_, T, Answer<V, Plain, I>> => P);
again!(AskNoMore costate_again [T, V, I] &About<'_, T, Answer<V, V, I>> => P);
again!(AskAfterAnother costate_again [T, V, S, I] About<'_, T, Answer<V, S, I>> => T);
// What is in a box, unless it is known already, or is of no known size.
again!(AskWithin costate_within [U, V] &About<'_, Box<U>, Answer<V, Ours, Ours>> => U);
again!(AskNothing costate_within [T, V, S, I] About<'_, T, Answer<V, S, I>> => P);

/// The answers to both questions: of the call's type, by `&` and by value; and what a type of which nobody knows answered: a method
/// of any type by value.
pub struct Verdict<V, S, W, X, D>(PhantomData<(V, S, W, X, D)>);

impl<V, S, W, X, D> Verdict<V, S, W, X, D> {
    /// A verdict whose type is still open.
    pub const OPEN: Self = Verdict(PhantomData);
}

/// Gives a verdict its type; never called.
pub fn told_again<V, S, I, W, X, D>(
    _: &Verdict<V, S, W, X, D>,
    _: &Answer<V, S, I>,
    _: &W,
    _: &X,
    _: &D,
) {
}

outcome!(borrows Unasked [V, W, X, D] &&&&&&&Verdict<V, Plain, W, X, D>);
outcome!(borrows OursWithin [V, S] &&&&&&Verdict<V, S, Ours, Ours, Ours>);
outcome!(borrows OursByValue [V, S] &&&&&Verdict<V, S, Ours, Plain, Ours>);
outcome!(borrows TheirsByRef [V, S, X] &&&&Verdict<V, S, Plain, X, Ours>);
// What is open in an answer is what is open in the call's type.
outcome!(consumes TheirsWithin [V, S] &&&Verdict<V, S, Ours, V, Ours>);
outcome!(consumes TheirsByValue [V, S, X] &&Verdict<V, S, V, X, Ours>);
outcome!(consumes TheirsAfterAll [V, S, W, X] &Verdict<V, S, W, X, Ours>);
outcome!(consumes TheirsOfAny [V, S, W, X, D] Verdict<V, S, W, X, D>);

mod called;
pub mod calling;

/// What a closure has captured and uses by value.
pub struct Used<T>(PhantomData<T>);

impl<T> Used<T> {
    /// For the capture at this place.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn of(_: *const T) -> Self {
        Used(PhantomData)
    }
}

outcome!(borrows UsedCopy [C: Copy] &&Used<C>);
// Mostly reborrowed. Where it is moved, the closure is called in place, which then is E0507.
outcome!(borrows UsedUnique ['u, U: ?Sized] &Used<&'u mut U>);
outcome!(consumes UsedUp [V] Used<V>);

/// A held local of which `into_iter` is called.
pub struct Source<T>(PhantomData<T>);

impl<T> Source<T> {
    /// For the local at this place.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn new(_: *mut T) -> Self {
        Source(PhantomData)
    }
}

outcome!(consumes Iterable [T: IntoIterator] &Source<T>);
outcome!(borrows NotIterable [T] Source<T>);

/// The traits by which the answers are read, without their names.
pub mod asking {
    pub use super::AskCopy as _;
    pub use super::answers::*;
}

/// The same where a closure stands before the question.
pub mod asking_behind_closures {
    pub use super::AskPlain as _;
    pub use super::answers::*;
}

mod answers {
    pub use super::called::answers::*;
    pub use super::open::{OpenIterator as _, OpenOther as _};
    pub use super::optional::IsOption as _;
    pub use super::steer::{
        AsArray as _, AsOption as _, AsResult as _, AsWrong as _, Awaits as _, InPlace as _,
        Iterates as _, Streams as _,
    };
    pub use super::{
        AsAsked as _, AskAfterAnother as _, AskAgain as _, AskAny as _, AskBox as _,
        AskNoMore as _, AskNobody as _, AskNothing as _, AskUnique as _, AskWithin as _,
        NotAsAsked as _, OursByValue as _, OursWithin as _, TheirsAfterAll as _, TheirsByRef as _,
        TheirsByValue as _, TheirsOfAny as _, TheirsWithin as _, Unasked as _,
    };
    pub use super::{Iterable as _, NotIterable as _, UsedCopy as _, UsedUnique as _, UsedUp as _};
}

pub use called::Callee;
pub use calls::{callee, capture, capture_callee, expected, expected_by, into_iter, receiver};
pub use calls::{settled, verdict};
pub use gate::{Gate, Gone, Outcome};
pub use given::{Expected, Expecting, Given};
pub use lent::{Lent, OnStack};
pub use open::{Nobody, Opened, OpenedStream, open, open_stream};
pub use optional::{Optional, optional};
pub use settle::{AsAsked, NotAsAsked, Settling, settling};
pub use steer::steer;
