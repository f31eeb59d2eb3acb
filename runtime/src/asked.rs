//! What whoever polls a future knows of it: whether it can be cancelled, and since when it is.
//!
//! Input: any future, by its place. Output: its end by cancellation, or that it has had its time. Invariant: what is to be cancelled
//! was asked about at the very place where it is now. Non-goal: dropping it, which is its owner's to do.

use crate::behind::{self, Left};
use crate::machine::op::{Request, Settle, settle_as};
use crate::time::{Duration, Instant, Sleep, deadline};
use crate::{Coroutine, introduce, scheduler};
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll, ready};

/// Whether a future was polled, and what it said of itself then.
pub(crate) enum Asked {
    NotYet,
    Future,
    Coroutine(Settle),
    /// It is being cancelled, and not done yet.
    Cancelled(Box<Cancelled>),
}

pub(crate) struct Cancelled {
    /// `None`: it has cleaned up, and was dropped.
    settle: Option<Settle>,
    /// What its drops have left behind.
    left: Left,
    /// For so long is it waited for. `None`: without a limit.
    limit: Option<Sleep>,
}

impl Cancelled {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.left.retain_mut(|left| left.poll_gone(cx).is_pending());
        let is_done = self.settle.is_none() && self.left.is_empty();
        let is_over = |limit: &mut Sleep| limit.poll_elapsed(cx).is_ready();
        match is_done || self.limit.as_mut().is_some_and(is_over) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }
}

/// Of a future of this type, what it would say.
pub struct IsKnown<F>(Option<Settle>, PhantomData<fn(F)>);

/// That this is not known: it is asked.
pub struct Unknown;

impl<F: Coroutine> IsKnown<F> {
    pub(crate) fn coroutine() -> Self {
        IsKnown(Some(settle_as::<F>), PhantomData)
    }
}

impl<F> From<Unknown> for IsKnown<F> {
    fn from(_: Unknown) -> Self {
        IsKnown(None, PhantomData)
    }
}

impl<F> From<IsKnown<F>> for Asked {
    fn from(known: IsKnown<F>) -> Self {
        known.0.map_or(Asked::NotYet, Asked::Coroutine)
    }
}

impl Asked {
    /// Polls the future, and asks it when that is for the first time.
    pub(crate) fn poll<F: Future>(
        &mut self,
        future: Pin<&mut F>,
        cx: &mut Context<'_>,
    ) -> Poll<F::Output> {
        let Asked::NotYet = self else {
            return future.poll(cx);
        };
        let (polled, settle) = introduce::ask(future, cx);
        *self = settle.map_or(Asked::Future, Asked::Coroutine);
        polled
    }

    /// Cancels the future. Ready when it has cleaned up and was dropped, and what that has left behind is gone; or when all had the time
    /// that `limit` gives them, or else the runtime: then it is dropped where it stands, by the caller, who drops it in any case.
    ///
    /// # Safety
    ///
    /// The place is that of the future that was asked, which is pinned there and which nobody else uses until `drop` is called.
    pub(crate) unsafe fn cancel(
        &mut self,
        place: NonNull<()>,
        drop: impl FnOnce(),
        limit: Option<Duration>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        let mut settled = Poll::Ready(());
        let ((), left) = behind::collect(|| {
            if let Some(settle) = self.settle() {
                // SAFETY: the future gave this for its place; the caller says that it is there and alone.
                let cancel = || unsafe { settle(place, &mut Request::Cancel(cx)) };
                settled = deadline::without(cancel);
            }
            if settled.is_ready() && !self.is_dropped() {
                drop();
            }
        });
        if !matches!(self, Asked::Cancelled(_)) && (settled.is_pending() || !left.is_empty()) {
            let limit = limit.or_else(scheduler::clean_up_limit);
            *self = Asked::Cancelled(Box::new(Cancelled {
                settle: self.settle(),
                left: Left::new(),
                limit: limit.map(|time| Sleep::new(Instant::now().checked_add(time))),
            }));
        }
        if let Asked::Cancelled(cancelled) = self {
            cancelled.left.extend(left);
            if settled.is_ready() {
                cancelled.settle = None;
            }
            ready!(cancelled.poll(cx));
        }
        *self = Asked::Future;
        Poll::Ready(())
    }

    /// Whether it has cleaned up and was dropped, and what it has left is waited for: then its place isn't looked at any more.
    pub(crate) fn is_dropped(&self) -> bool {
        matches!(self, Asked::Cancelled(cancelled) if cancelled.settle.is_none())
    }

    /// How it is asked where it stands, if it can tell.
    pub(crate) fn settle(&self) -> Option<Settle> {
        match self {
            Asked::NotYet | Asked::Future => None,
            Asked::Coroutine(settle) => Some(*settle),
            Asked::Cancelled(cancelled) => cancelled.settle,
        }
    }
}

impl fmt::Debug for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Asked::NotYet => "NotYet",
            Asked::Future => "Future",
            Asked::Coroutine(_) => "Coroutine",
            Asked::Cancelled(_) => "Cancelled",
        })
    }
}
