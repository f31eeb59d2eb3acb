//! What whoever polls a future knows of it: whether it can be cancelled, and since when it is.
//!
//! Input: any future, by its place. Output: its end by cancellation, or that it has had its time. Invariant: what is to be cancelled
//! was asked about at the very place where it is now. Non-goal: dropping it, which is its owner's to do.

use crate::introduce;
use crate::machine::op::{Request, Settle};
use crate::scheduler;
use crate::time::Instant;
use crate::time::Sleep;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll};

/// Whether a future was polled, and what it said of itself then.
pub(crate) enum Asked {
    NotYet,
    Future,
    Coroutine(Settle),
    /// It is being cancelled, and not done yet.
    Cancelled(Box<Cancelled>),
}

pub(crate) struct Cancelled {
    settle: Settle,
    /// For so long is it waited for.
    limit: Sleep,
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

    /// Cancels the future. Ready when it has cleaned up, or has had the time that the runtime gives it: then it is dropped
    /// where it stands.
    ///
    /// # Safety
    ///
    /// The place is that of the future that was asked, which is pinned there and which nobody else uses.
    pub(crate) unsafe fn cancel(&mut self, place: NonNull<()>, cx: &mut Context<'_>) -> Poll<()> {
        let settle = match self {
            Asked::NotYet | Asked::Future => return Poll::Ready(()),
            Asked::Coroutine(settle) => *settle,
            Asked::Cancelled(cancelled) => cancelled.settle,
        };
        // SAFETY: the future gave this for its place; the caller says that it is there and alone.
        if unsafe { settle(place, &mut Request::Cancel(cx)) }.is_ready() {
            *self = Asked::Future;
            return Poll::Ready(());
        }
        if let Asked::Coroutine(_) = self
            && let Some(time) = scheduler::clean_up_limit()
        {
            let limit = Sleep::new(Instant::now().checked_add(time));
            *self = Asked::Cancelled(Box::new(Cancelled { settle, limit }));
        }
        let is_over = match self {
            Asked::Cancelled(cancelled) => cancelled.limit.poll_elapsed(cx).is_ready(),
            _ => false,
        };
        if !is_over {
            return Poll::Pending;
        }
        *self = Asked::Future;
        Poll::Ready(())
    }

    /// How it is asked where it stands, if it can tell.
    pub(crate) fn settle(&self) -> Option<Settle> {
        match self {
            Asked::NotYet | Asked::Future => None,
            Asked::Coroutine(settle) => Some(*settle),
            Asked::Cancelled(cancelled) => Some(cancelled.settle),
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
