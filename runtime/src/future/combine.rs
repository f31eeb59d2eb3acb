//! What waits for several branches: polls until it is decided, then cancels whoever is left.
//!
//! Input: a set of branches, and what decides. Output: the decision, once the others have ended.

use super::tuples::Either;
use crate::{Coroutine, Frame, introduce};
use pin_project_lite::pin_project;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A set of branches. The methods that decide are in the traits below.
pub trait Branches {
    /// Cancels all that haven't ended.
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;
    /// Reports where each stands.
    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame));
}

macro_rules! combinator {
    (
        $(#[$docs:meta])*
        $trait:ident $method:ident,
        $(#[$set_docs:meta])*
        $set:ident $poll:ident,
        $future:ident
    ) => {
        $(#[$set_docs])*
        pub trait $set: Branches {
            type Output;
            fn $poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output>;
        }

        $(#[$docs])*
        pub trait $trait {
            /// What awaiting it gives.
            type Output;
            #[doc(hidden)]
            type Set: $set<Output = Self::Output>;

            #[doc = concat!("See [`", stringify!($trait), "`].")]
            ///
            /// # Cancel safety
            ///
            /// It holds its futures: dropping it drops them, cancelling it cancels them. So it is as safe as they are.
            fn $method(self) -> $future<Self::Set>;
        }

        pin_project! {
            #[doc = concat!("The future of [`", stringify!($trait), "`].")]
            #[must_use = "futures do nothing unless they are awaited"]
            pub struct $future<S: $set> {
                #[pin]
                set: S,
                decided: Option<S::Output>,
                state: State,
            }
        }

        impl<S: $set> $future<S> {
            pub(super) fn new(set: S) -> Self {
                $future {
                    set,
                    decided: None,
                    state: State::New,
                }
            }
        }

        impl<S: $set> Future for $future<S> {
            type Output = S::Output;

            fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<S::Output> {
                if self.state == State::New {
                    introduce::introduce(self.as_mut());
                }
                let mut this = self.project();
                assert!(*this.state != State::Ended, "it was polled after it was ready");
                *this.state = State::Polled;
                if this.decided.is_none() {
                    *this.decided = Some(ready!(this.set.as_mut().$poll(cx)));
                }
                ready!(this.set.poll_cancel(cx));
                *this.state = State::Ended;
                Poll::Ready(this.decided.take().expect("it was decided above"))
            }
        }

        impl<S: $set> Coroutine for $future<S> {
            fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
                let this = self.project();
                *this.state = State::Ended;
                let decided = this.decided.take();
                let cancelled = this.set.poll_cancel(cx);
                drop(decided);
                cancelled
            }

            fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
                self.project().set.trace(visit);
            }
        }

        impl<S: $set> std::fmt::Debug for $future<S> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($future)).finish_non_exhaustive()
            }
        }
    };
}

/// Whether it was polled, and whether it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    New,
    Polled,
    Ended,
}

combinator! {
    /// `(a, b).join()`: awaits all, and gives all outputs, in the order of the futures.
    ///
    /// ```
    /// use costate::future::Join;
    /// use std::future::ready;
    ///
    /// let all = costate::block_on([ready(1), ready(2), ready(3)].join());
    /// assert_eq!(all, [1, 2, 3]);
    /// ```
    Join join,
    /// Is ready when all branches are.
    JoinSet poll_join,
    Joined
}

combinator! {
    /// `(a, b).try_join()`: awaits all, and gives all values; or the first error, when the others were cancelled.
    ///
    /// ```
    /// use costate::future::TryJoin;
    /// use std::future::ready;
    ///
    /// let fails = (ready(Ok::<u32, &str>(1)), ready(Err::<u32, &str>("no")));
    /// assert_eq!(costate::block_on(fails.try_join()), Err("no"));
    /// ```
    TryJoin try_join,
    /// Is ready when all branches are, or one has an error.
    TryJoinSet poll_try_join,
    TryJoined
}

combinator! {
    /// `(a, b).race()`: awaits the first, and gives its output, when the others were cancelled.
    ///
    /// An empty `Vec` or array is never ready.
    ///
    /// ```
    /// use costate::future::Race;
    /// use costate::time::{Duration, sleep};
    ///
    /// #[costate::coroutine]
    /// fn after(time: Duration, what: &'static str) -> &'static str {
    ///     sleep(time).await;
    ///     what
    /// }
    ///
    /// let slow = after(Duration::from_secs(3600), "tortoise");
    /// let quick = after(Duration::ZERO, "hare");
    /// assert_eq!(costate::block_on((slow, quick).race()), "hare");
    /// ```
    Race race,
    /// Is ready when one branch is.
    RaceSet poll_race,
    Raced
}

combinator! {
    /// `(a, b).select()`: awaits the first, and says which it is, when the others were cancelled.
    ///
    /// Of a tuple it gives an enum with a variant for each, of a `Vec` or an array the index and the output. An empty
    /// `Vec` or array is never ready.
    ///
    /// ```
    /// use costate::future::{Either, Select};
    /// use std::future::{pending, ready};
    ///
    /// let first = costate::block_on((pending::<()>(), ready("here")).select());
    /// assert_eq!(first, Either::Right("here"));
    /// ```
    Select select,
    /// Is ready when one branch is.
    SelectSet poll_select,
    Selected
}

/// Awaits both. As `(a, b).`[`join()`](Join::join).
///
/// # Cancel safety
///
/// As for [`Join::join`].
pub fn join<A: IntoFuture, B: IntoFuture>(a: A, b: B) -> Joined<<(A, B) as Join>::Set> {
    (a, b).join()
}

/// Awaits both, or the first error. As `(a, b).`[`try_join()`](TryJoin::try_join).
///
/// # Errors
///
/// Awaiting it gives the first error, when the other one was cancelled.
///
/// # Cancel safety
///
/// As for [`TryJoin::try_join`].
pub fn try_join<A, B, T, U, E>(a: A, b: B) -> TryJoined<<(A, B) as TryJoin>::Set>
where
    A: IntoFuture<Output = Result<T, E>>,
    B: IntoFuture<Output = Result<U, E>>,
{
    (a, b).try_join()
}

/// Awaits the first, and cancels the other. As `(a, b).`[`race()`](Race::race).
///
/// # Cancel safety
///
/// As for [`Race::race`].
pub fn race<A, B, T>(a: A, b: B) -> Raced<<(A, B) as Race>::Set>
where
    A: IntoFuture<Output = T>,
    B: IntoFuture<Output = T>,
{
    (a, b).race()
}

/// Awaits the first, cancels the other, and says which it was. As `(a, b).`[`select()`](Select::select).
///
/// # Cancel safety
///
/// As for [`Select::select`].
pub fn select<A: IntoFuture, B: IntoFuture>(
    a: A,
    b: B,
) -> impl Coroutine<Output = Either<A::Output, B::Output>> + use<A, B> {
    (a, b).select()
}
