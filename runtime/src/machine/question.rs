//! Does `x.m(..)` consume the held local `x`? rustc is asked, and its answer steers what exists.
//!
//! Input: the tokens of one call (the macros below, called by the expansion on a local's last
//! mention alone). Output: the call, on the moved value if the method takes `self` by value, else
//! in place. Invariant: no guess; where the question cannot be put, the call does not compile.
//!
//! - *Ask.* Local probe traits with a method of the same name, each implemented for every type that
//!   it is put to, answer [`Ours`] where the user's method does not come first in method lookup.
//!   Methods that take `self` by value are looked up first, then `&self`, then `&mut self`; so
//!   three probes tell the three apart, also for methods of traits. [`Recv`] chooses by the slot's
//!   type which questions can be put.
//! - *Steer.* Code after a call whose type is uninhabited is type-checked but not borrow-checked.
//!   Each branch compiles in either case, and the wrong one has no E0507 to report.

use core::future::Future;
use core::marker::PhantomData;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::closure::{Asking, Borrowed, Owned, Spot};
use super::slot::Guard;

pub mod calling;
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

/// What the probe by value answers inside a box.
pub struct Inside<X>(PhantomData<X>);

/// The type derefs, or is an array: methods of what it derefs to are found after its own.
pub struct Deeper;

/// The first answer: the call's type, then what the probes by value, `&` and `&mut` answered,
/// and the probe by value for the inside of a box.
pub struct Answer<V, Q, A, B, N>(PhantomData<(V, Q, A, B, N)>);

impl<V, Q, A, B, N> Answer<V, Q, A, B, N> {
    /// An answer whose type is still open.
    pub const UNASKED: Self = Answer(PhantomData);
}

/// Gives an answer its type; never called.
pub fn told<V, Q, A, B, N>(_: &Answer<V, Q, A, B, N>, _: &V, _: Q, _: A, _: B, _: N) {}

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
/// that fits its type says what is asked: the probe by value, by `&`, and by `&mut`.
pub struct Recv<'a, T>(pub *mut T, pub PhantomData<&'a ()>);

macro_rules! level {
    ($name:ident [$($generics:tt)*] $ty:ty => $v:ty, $r:ty, $m:ty, $n:ty, $kept:ty) => {
        #[doc = concat!("Who is asked of a `", stringify!($ty), "`: that, or `P`, which has a method of that name of its own.")]
        pub trait $name {
            /// Who is asked by value.
            type V<P>;
            /// Who is asked by `&`.
            type R<P>;
            /// Who is asked by `&mut`.
            type M<P>;
            /// Who is asked by value inside a box.
            type N<P>;
            /// Never called.
            fn costate_n<P>(&self, _: P) -> Self::N<P> {
                unasked()
            }
            /// Never called. An answer that cannot be taken for a type that is still open.
            fn costate_inside<X>(&self, _: X) -> $kept {
                unasked()
            }
            /// Never called.
            fn costate_v<P>(&self, _: P) -> Self::V<P> {
                unasked()
            }
            /// Never called.
            fn costate_r<P>(&self, _: P) -> Self::R<P> {
                unasked()
            }
            /// Never called.
            fn costate_m<P>(&self, _: P) -> Self::M<P> {
                unasked()
            }
        }
        impl<'a, $($generics)*> $name for $ty {
            type V<P> = $v;
            type R<P> = $r;
            type M<P> = $m;
            type N<P> = $n;
        }
    };
}

// `Copy` and references are not asked: in place, by value or by reference, comes to the same. Of a type with a closure in
// it rustc doesn't know whether it is `Copy` before the end of the function, and takes it to be: behind a closure only
// those are left out that have none. (One trait says which: of two there would be no telling where the type is wrong.)
level!(AskCopy [T: Copy] &&&&&&Recv<'a, T> => P, P, P, P, Plain);
level!(AskPlain [T: plain::Plain] &&&&&&Recv<'a, T> => P, P, P, P, Plain);
level!(AskUnique [U: ?Sized] &&&&&Recv<'a, &'a mut U> => P, P, P, P, Plain);
level!(AskBox [U: Deref] &&&&Recv<'a, Box<U>> => Box<U>, P, P, U, Inside<X>);
level!(AskBoxed [U: ?Sized + 'a] &&&Recv<'a, Box<U>> => Box<U>, &'a U, &'a mut U, P, Plain);
level!(AskArray [U: 'a, const N: usize] &&Recv<'a, [U; N]> => P, &'a [U; N], P, P, Deeper);
level!(AskDeref [T: Deref + 'a] &Recv<'a, T> => P, &'a T, P, P, Deeper);
level!(AskAny [T: 'a] Recv<'a, T> => P, &'a T, &'a mut T, P, Plain);

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

/// Whom the second question is put to: the local after what looks like [`TheirsByMut`], and nobody
/// else.
///
/// A by-value method of a trait that `&mut T` implements as well as `T` (`Iterator::sum`) is
/// [`TheirsByMut`] too, so the second probe, by `&`, tells whether a by-value method comes before
/// it.
pub trait AskAgain {
    /// The receiver.
    type Whom;
    /// Never called.
    fn costate_whom<P>(&self, _: P) -> Self::Whom {
        unasked()
    }
}

/// After [`TheirsByRef`], which may look like the other.
pub trait AskNoMore {
    /// Never called.
    fn costate_whom<P>(&self, _: P) -> P {
        unasked()
    }
}

/// After any other answer.
pub trait AskNobody {
    /// Never called.
    fn costate_whom<P>(&self, _: P) -> P {
        unasked()
    }
}

/// Of what derefs, only the second question tells its own methods from those that it derefs to.
pub trait AskDeeper {
    /// The receiver.
    type Whom;
    /// Never called.
    fn costate_whom<P>(&self, _: P) -> Self::Whom {
        unasked()
    }
}

impl<T, V, Q, B> AskDeeper for &&&&About<'_, T, Answer<V, Q, Ours, B, Deeper>> {
    type Whom = T;
}
impl<T, V, Q, B, N> AskNoMore for &&&About<'_, T, Answer<V, Q, V, B, N>> {}
impl<T, V, Q, A, B> AskDeeper for &&About<'_, T, Answer<V, Q, A, B, Deeper>> {
    type Whom = T;
}
impl<T, V, Q, A, N> AskAgain for &About<'_, T, Answer<V, Q, A, V, N>> {
    type Whom = T;
}
impl<T, G> AskNobody for About<'_, T, G> {}

/// The answers to both questions, and what a type of which nobody knows answered: a method of any type by value.
pub struct Verdict<V, Q, A, B, N, W, D>(PhantomData<(V, Q, A, B, N, W, D)>);

impl<V, Q, A, B, N, W, D> Verdict<V, Q, A, B, N, W, D> {
    /// A verdict whose type is still open.
    pub const OPEN: Self = Verdict(PhantomData);
}

/// Gives a verdict its type; never called.
pub fn told_again<V, Q, A, B, N, W, D>(
    _: &Verdict<V, Q, A, B, N, W, D>,
    _: &Answer<V, Q, A, B, N>,
    _: W,
    _: D,
) {
}

outcome!(borrows Unasked [V, W, D] &&&&&&&&&&&Verdict<V, Plain, Plain, Plain, Plain, W, D>);
outcome!(consumes TheirsInside [V, W] &&&&&&&&&&Verdict<V, Ours, Plain, Plain, Inside<V>, W, Ours>);
outcome!(borrows OursByValue [V, N, W] &&&&&&&&&Verdict<V, Ours, Plain, Plain, N, W, Ours>);
outcome!(borrows OursBeforeDeref [V, Q, B] &&&&&&&&Verdict<V, Q, Ours, B, Deeper, Ours, Ours>);
outcome!(consumes TheirsByValue [V, N, W] &&&&&&&Verdict<V, V, Plain, Plain, N, W, Ours>);
outcome!(borrows TheirsByRef [V, Q, B, N, W] &&&&&&Verdict<V, Q, V, B, N, W, Ours>);
outcome!(consumes TheirsBeforeDeref [V, Q, A, B] &&&&&Verdict<V, Q, A, B, Deeper, V, Ours>);
outcome!(borrows TheirsByDeref [V, Q, A, B, W] &&&&Verdict<V, Q, A, B, Deeper, W, Ours>);
outcome!(consumes TheirsInTheEnd [V, Q, A, N] &&&Verdict<V, Q, A, V, N, V, Ours>);
outcome!(borrows TheirsByMut [V, Q, A, N, W] &&Verdict<V, Q, A, V, N, W, Ours>);
outcome!(consumes TheirsAfterAll [V, Q, A, B, N, W] &Verdict<V, Q, A, B, N, W, Ours>);
outcome!(consumes TheirsOfAny [V, Q, A, B, N, W, D] Verdict<V, Q, A, B, N, W, D>);

mod called;

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
        AsAsked as _, AskAgain as _, AskAny as _, AskArray as _, AskBox as _, AskBoxed as _,
        AskDeeper as _, AskDeref as _, AskNoMore as _, AskNobody as _, AskUnique as _,
        NotAsAsked as _, OursBeforeDeref as _, OursByValue as _, TheirsAfterAll as _,
        TheirsBeforeDeref as _, TheirsByDeref as _, TheirsByMut as _, TheirsByRef as _,
        TheirsByValue as _, TheirsInTheEnd as _, TheirsInside as _, TheirsOfAny as _, Unasked as _,
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
