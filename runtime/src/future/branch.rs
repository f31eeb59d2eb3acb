//! One of several futures that are awaited together.
//!
//! Input: any future. Output: its output, kept until it is asked for; or its end by cancellation. Invariant: a branch that is
//! a coroutine is cancelled before it is dropped, when there is time for that ([`Branch::poll_cancel`]).

use crate::Frame;
use crate::asked::{Asked, IsKnown};
use crate::cancel::caught;
use crate::machine::op::Request;
use pin_project_lite::pin_project;
use std::future::Future;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll, ready};
use std::time::Duration;

pin_project! {
    #[doc(hidden)]
    pub struct Branch<F: Future> {
        // `None`: it has ended.
        #[pin]
        future: Option<F>,
        output: Option<F::Output>,
        asked: Asked,
    }
}

impl<F: Future> Branch<F> {
    pub(crate) fn new(future: F) -> Self {
        Branch {
            future: Some(future),
            output: None,
            asked: Asked::NotYet,
        }
    }

    /// One of which it is known what it is.
    pub(crate) fn known(future: F, known: IsKnown<F>) -> Self {
        Branch {
            asked: known.into(),
            ..Branch::new(future)
        }
    }

    /// Polls it, unless it has ended. Ready when the output is there.
    pub(crate) fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        let Some(future) = this.future.as_mut().as_pin_mut() else {
            return Poll::Ready(());
        };
        let polled = this.asked.poll(future, cx);
        let output = ready!(polled);
        *this.output = Some(output);
        this.future.set(None);
        Poll::Ready(())
    }

    /// The output, once.
    pub(crate) fn output(self: Pin<&mut Self>) -> Option<F::Output> {
        self.project().output.take()
    }

    /// The output, where it is.
    pub(crate) fn output_mut(self: Pin<&mut Self>) -> &mut Option<F::Output> {
        self.project().output
    }

    /// Cancels it if it hasn't ended, and drops it then. A panic on the way keeps neither the other branches from their clean-up
    /// nor what has won from going on.
    pub(crate) fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.poll_cancel_within(None, cx)
    }

    /// As [`poll_cancel`](Self::poll_cancel), with another limit than the runtime's.
    pub(crate) fn poll_cancel_within(
        self: Pin<&mut Self>,
        limit: Option<Duration>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        let mut this = self.project();
        let place = match this.future.as_mut().as_pin_mut() {
            Some(future) => place(future),
            None if this.asked.is_dropped() => NonNull::dangling(),
            // It has ended by itself.
            None => return Poll::Ready(()),
        };
        let drop = || this.future.set(None);
        // SAFETY: the future was asked at this place, where it is pinned, and it is borrowed by us; if it was dropped, it isn't asked any
        // more.
        let cancelled = caught(|| unsafe { this.asked.cancel(place, drop, limit, cx) });
        if cancelled == Some(Poll::Pending) {
            return Poll::Pending;
        }
        if this.future.is_some() {
            caught(|| this.future.set(None));
        }
        Poll::Ready(())
    }

    /// Reports where it stands, if it is a coroutine.
    pub(crate) fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        let this = self.project();
        if let (Some(future), Some(settle)) = (this.future.as_pin_mut(), this.asked.settle()) {
            // SAFETY: as for cancelling.
            let _ = unsafe { settle(place(future), &mut Request::Trace(visit)) };
        }
    }
}

impl<F: Future> std::fmt::Debug for Branch<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Branch")
            .field("asked", &self.asked)
            .field("ended", &self.future.is_none())
            .finish_non_exhaustive()
    }
}

fn place<F>(future: Pin<&mut F>) -> NonNull<()> {
    // SAFETY: whoever gets the place treats what is there as pinned.
    NonNull::from(unsafe { future.get_unchecked_mut() }).cast()
}
