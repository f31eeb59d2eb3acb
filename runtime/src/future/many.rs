//! Branches of one type: arrays and `Vec`s.

use super::branch::Branch;
use super::combine::{
    Branches, Join, JoinSet, Joined, Race, RaceSet, Raced, Select, SelectSet, Selected, TryJoin,
    TryJoinSet, TryJoined,
};
use crate::Frame;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Branches in a list of their own, where they are pinned.
#[doc(hidden)]
pub struct Many<F: Future>(Pin<Box<[Branch<F>]>>);

impl<F: Future> Many<F> {
    fn new<I: IntoFuture<IntoFuture = F>>(futures: impl IntoIterator<Item = I>) -> Self {
        let branches = futures
            .into_iter()
            .map(|future| Branch::new(future.into_future()));
        Many(Box::into_pin(branches.collect()))
    }

    fn each(&mut self) -> impl Iterator<Item = Pin<&mut Branch<F>>> {
        // SAFETY: the branches aren't moved out of the pinned slice: each is handed out pinned.
        let branches = unsafe { self.0.as_mut().get_unchecked_mut() };
        branches
            .iter_mut()
            // SAFETY: as part of what is pinned it stays where it is.
            .map(|branch| unsafe { Pin::new_unchecked(branch) })
    }

    /// The first that is ready.
    fn poll_first(&mut self, cx: &mut Context<'_>) -> Poll<(usize, F::Output)> {
        for (index, mut branch) in self.each().enumerate() {
            if branch.as_mut().poll(cx).is_ready() {
                let output = branch.output();
                return Poll::Ready((index, output.expect("it has just become ready")));
            }
        }
        Poll::Pending
    }
}

impl<F: Future> Branches for Many<F> {
    fn poll_cancel(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut cancelled = Poll::Ready(());
        for branch in self.each() {
            if branch.poll_cancel(cx).is_pending() {
                cancelled = Poll::Pending;
            }
        }
        cancelled
    }

    fn trace(mut self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        for branch in self.each() {
            branch.trace(visit);
        }
    }
}

/// Branches whose outputs go to an array.
#[doc(hidden)]
pub struct Array<F: Future, const N: usize>(Many<F>);

impl<F: Future, const N: usize> Branches for Array<F, N> {
    fn poll_cancel(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.0).poll_cancel(cx)
    }

    fn trace(mut self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        Pin::new(&mut self.0).trace(visit);
    }
}

impl<F: Future> JoinSet for Many<F> {
    type Output = Vec<F::Output>;

    fn poll_join(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut all = Poll::Ready(());
        for branch in self.each() {
            if branch.poll(cx).is_pending() {
                all = Poll::Pending;
            }
        }
        ready!(all);
        Poll::Ready(self.each().filter_map(Branch::output).collect())
    }
}

impl<F: Future<Output = Result<T, E>>, T, E> TryJoinSet for Many<F> {
    type Output = Result<Vec<T>, E>;

    fn poll_try_join(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut all = Poll::Ready(());
        for mut branch in self.each() {
            if branch.as_mut().poll(cx).is_pending() {
                all = Poll::Pending;
            } else {
                let output = branch.output_mut();
                if let Some(Err(error)) = output.take_if(|output| output.is_err()) {
                    return Poll::Ready(Err(error));
                }
            }
        }
        ready!(all);
        Poll::Ready(self.each().filter_map(Branch::output).collect())
    }
}

impl<F: Future> RaceSet for Many<F> {
    type Output = F::Output;

    fn poll_race(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.poll_first(cx).map(|(_, output)| output)
    }
}

impl<F: Future> SelectSet for Many<F> {
    type Output = (usize, F::Output);

    fn poll_select(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.poll_first(cx)
    }
}

fn array<T, const N: usize>(all: Vec<T>) -> [T; N] {
    let all: Result<[T; N], _> = all.try_into();
    all.unwrap_or_else(|_| unreachable!("there are as many outputs as branches"))
}

impl<F: Future, const N: usize> JoinSet for Array<F, N> {
    type Output = [F::Output; N];

    fn poll_join(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll_join(cx).map(array)
    }
}

impl<F: Future<Output = Result<T, E>>, T, E, const N: usize> TryJoinSet for Array<F, N> {
    type Output = Result<[T; N], E>;

    fn poll_try_join(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll_try_join(cx).map_ok(array)
    }
}

macro_rules! many {
    ($(<$($N:ident)?> $from:ty, $joined:ty, $ok:ty, $set:ty, $new:expr;)*) => {$(
        impl<F: IntoFuture $(, const $N: usize)?> Join for $from {
            type Output = $joined;
            type Set = $set;

            fn join(self) -> Joined<Self::Set> {
                Joined::new($new(self))
            }
        }

        impl<F: IntoFuture<Output = Result<T, E>>, T, E $(, const $N: usize)?> TryJoin for $from {
            type Output = Result<$ok, E>;
            type Set = $set;

            fn try_join(self) -> TryJoined<Self::Set> {
                TryJoined::new($new(self))
            }
        }

        impl<F: IntoFuture $(, const $N: usize)?> Race for $from {
            type Output = F::Output;
            type Set = Many<F::IntoFuture>;

            fn race(self) -> Raced<Self::Set> {
                Raced::new(Many::new(self))
            }
        }

        impl<F: IntoFuture $(, const $N: usize)?> Select for $from {
            type Output = (usize, F::Output);
            type Set = Many<F::IntoFuture>;

            fn select(self) -> Selected<Self::Set> {
                Selected::new(Many::new(self))
            }
        }
    )*};
}

many! {
    <> Vec<F>, Vec<F::Output>, Vec<T>, Many<F::IntoFuture>, Many::new;
    <N> [F; N], [F::Output; N], [T; N], Array<F::IntoFuture, N>, |all| Array(Many::new(all));
}

impl<F: Future> fmt::Debug for Many<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} branches", self.0.len())
    }
}
