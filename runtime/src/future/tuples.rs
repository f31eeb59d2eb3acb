//! Branches of different types: tuples.

use super::branch::Branch;
use super::combine::{
    Branches, Join, JoinSet, Joined, Race, RaceSet, Raced, Select, SelectSet, Selected, TryJoin,
    TryJoinSet, TryJoined,
};
use crate::Frame;
use pin_project_lite::pin_project;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Which of two it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Either<A, B> {
    /// The first.
    Left(A),
    /// The second.
    Right(B),
}

/// Which of three it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are what their names say")]
pub enum Of3<A, B, C> {
    First(A),
    Second(B),
    Third(C),
}

/// Which of four it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "they are what their names say")]
pub enum Of4<A, B, C, D> {
    First(A),
    Second(B),
    Third(C),
    Fourth(D),
}

impl<T> Either<T, T> {
    /// The value, whichever it was.
    pub fn into_inner(self) -> T {
        match self {
            Either::Left(value) | Either::Right(value) => value,
        }
    }
}

const TAKEN: &str = "the output of a branch that was ready is there";

macro_rules! tuple {
    ($set:ident: $($branch:ident $F:ident $T:ident),*) => {
        pin_project! {
            #[doc(hidden)]
            pub struct $set<$($F: Future),*> {
                $(#[pin] $branch: Branch<$F>,)*
            }
        }

        impl<$($F: Future),*> Branches for $set<$($F),*> {
            fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
                let this = self.project();
                let mut cancelled = Poll::Ready(());
                $(if this.$branch.poll_cancel(cx).is_pending() {
                    cancelled = Poll::Pending;
                })*
                cancelled
            }

            fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
                let this = self.project();
                $(this.$branch.trace(visit);)*
            }
        }

        impl<$($F: Future),*> JoinSet for $set<$($F),*> {
            type Output = ($($F::Output,)*);

            fn poll_join(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                let mut this = self.project();
                let mut all = Poll::Ready(());
                $(if this.$branch.as_mut().poll(cx).is_pending() {
                    all = Poll::Pending;
                })*
                ready!(all);
                Poll::Ready(($(this.$branch.output().expect(TAKEN),)*))
            }
        }

        impl<$($F: Future<Output = Result<$T, Error>>, $T,)* Error> TryJoinSet for $set<$($F),*> {
            type Output = Result<($($T,)*), Error>;

            fn poll_try_join(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                let mut this = self.project();
                let mut all = Poll::Ready(());
                $(match this.$branch.as_mut().poll(cx) {
                    Poll::Pending => all = Poll::Pending,
                    Poll::Ready(()) => {
                        let output = this.$branch.as_mut().output_mut();
                        if let Some(Err(error)) = output.take_if(|output| output.is_err()) {
                            return Poll::Ready(Err(error));
                        }
                    }
                })*
                ready!(all);
                $(let Some(Ok($branch)) = this.$branch.output() else {
                    unreachable!("errors were handed on");
                };)*
                Poll::Ready(Ok(($($branch,)*)))
            }
        }

        impl<Output, $($F: Future<Output = Output>),*> RaceSet for $set<$($F),*> {
            type Output = Output;

            fn poll_race(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Output> {
                let mut this = self.project();
                $(if this.$branch.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(this.$branch.output().expect(TAKEN));
                })*
                Poll::Pending
            }
        }

        impl<$($F: IntoFuture),*> Join for ($($F,)*) {
            type Output = ($($F::Output,)*);
            type Set = $set<$($F::IntoFuture),*>;

            fn join(self) -> Joined<Self::Set> {
                let ($($branch,)*) = self;
                Joined::new($set { $($branch: Branch::new($branch.into_future())),* })
            }
        }

        impl<$($F: IntoFuture<Output = Result<$T, Error>>, $T,)* Error> TryJoin for ($($F,)*) {
            type Output = Result<($($T,)*), Error>;
            type Set = $set<$($F::IntoFuture),*>;

            fn try_join(self) -> TryJoined<Self::Set> {
                let ($($branch,)*) = self;
                TryJoined::new($set { $($branch: Branch::new($branch.into_future())),* })
            }
        }

        impl<Output, $($F: IntoFuture<Output = Output>),*> Race for ($($F,)*) {
            type Output = Output;
            type Set = $set<$($F::IntoFuture),*>;

            fn race(self) -> Raced<Self::Set> {
                let ($($branch,)*) = self;
                Raced::new($set { $($branch: Branch::new($branch.into_future())),* })
            }
        }
    };
}

macro_rules! select {
    ($set:ident, $of:ident: $($branch:ident $F:ident $variant:ident),*) => {
        impl<$($F: Future),*> SelectSet for $set<$($F),*> {
            type Output = $of<$($F::Output),*>;

            fn poll_select(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                let mut this = self.project();
                $(if this.$branch.as_mut().poll(cx).is_ready() {
                    return Poll::Ready($of::$variant(this.$branch.output().expect(TAKEN)));
                })*
                Poll::Pending
            }
        }

        impl<$($F: IntoFuture),*> Select for ($($F,)*) {
            type Output = $of<$($F::Output),*>;
            type Set = $set<$($F::IntoFuture),*>;

            fn select(self) -> Selected<Self::Set> {
                let ($($branch,)*) = self;
                Selected::new($set { $($branch: Branch::new($branch.into_future())),* })
            }
        }
    };
}

tuple!(Set2: a A T, b B U);
tuple!(Set3: a A T, b B U, c C V);
tuple!(Set4: a A T, b B U, c C V, d D W);
tuple!(Set5: a A T, b B U, c C V, d D W, e E X);
tuple!(Set6: a A T, b B U, c C V, d D W, e E X, f F Y);
tuple!(Set7: a A T, b B U, c C V, d D W, e E X, f F Y, g G Z);
tuple!(Set8: a A T, b B U, c C V, d D W, e E X, f F Y, g G Z, h H Q);
select!(Set2, Either: a A Left, b B Right);
select!(Set3, Of3: a A First, b B Second, c C Third);
select!(Set4, Of4: a A First, b B Second, c C Third, d D Fourth);
