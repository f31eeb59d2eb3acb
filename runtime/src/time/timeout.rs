//! A future with a deadline.
//!
//! Input: a future and a moment. Output: the future's output, or that the moment has come. Invariant: the
//! future is polled first, and is gone before the error is handed out.

use super::Sleep;
use crate::{Coroutine, Frame};
use pin_project_lite::pin_project;
use std::error::Error;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// Awaits `future`, but no longer than `duration` from now.
///
/// ```
/// use std::time::Duration;
/// use costate::time::timeout;
///
/// # #[costate::coroutine]
/// # fn example() {
/// let answer = timeout(Duration::from_secs(5), std::future::ready(42)).await;
/// assert_eq!(answer, Ok(42));
///
/// let never = std::future::pending::<()>();
/// let answer = timeout(Duration::from_millis(1), never).await;
/// assert!(answer.is_err());
/// # }
/// # costate::block_on(example());
/// ```
///
/// # Errors
///
/// [`Elapsed`] if the future isn't ready in time. It is dropped before that is reported. A future that
/// is ready when the time is up has won.
///
/// # Panics
///
/// When it is awaited, if there is no costate runtime on this thread.
///
/// # Cancel safety
///
/// Dropping it drops the future in it; cancelling it as a [`Coroutine`] cancels the future.
pub fn timeout<F: IntoFuture>(duration: Duration, future: F) -> Timeout<F::IntoFuture> {
    let sleep = Sleep::new(Instant::now().checked_add(duration));
    Timeout {
        future: Some(future.into_future()),
        sleep,
    }
}

/// Awaits `future`, but only until `deadline`. See [`timeout`].
///
/// # Errors
///
/// As for [`timeout`].
///
/// # Panics
///
/// As for [`timeout`].
///
/// # Cancel safety
///
/// As for [`timeout`].
pub fn timeout_at<F: IntoFuture>(deadline: Instant, future: F) -> Timeout<F::IntoFuture> {
    let sleep = Sleep::new(Some(deadline));
    Timeout {
        future: Some(future.into_future()),
        sleep,
    }
}

pin_project! {
    /// The future of [`timeout`] and [`timeout_at`].
    #[derive(Debug)]
    #[must_use = "futures do nothing unless they are awaited"]
    pub struct Timeout<F> {
        #[pin]
        future: Option<F>,
        sleep: Sleep,
    }
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let future = this.future.as_mut().as_pin_mut();
        let polled = future
            .expect("a timeout was polled after it was ready")
            .poll(cx);
        let outcome = match polled {
            Poll::Ready(output) => Ok(output),
            Poll::Pending => match this.sleep.poll_elapsed(cx) {
                Poll::Ready(()) => Err(Elapsed(())),
                Poll::Pending => return Poll::Pending,
            },
        };
        this.future.set(None);
        Poll::Ready(outcome)
    }
}

impl<F: Coroutine> Coroutine for Timeout<F> {
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut this = self.project();
        if let Some(future) = this.future.as_mut().as_pin_mut() {
            std::task::ready!(future.poll_cancel(cx));
            this.future.set(None);
        }
        Poll::Ready(())
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        if let Some(future) = self.project().future.as_pin_mut() {
            future.trace(visit);
        }
    }
}

/// The time was up. See [`timeout`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elapsed(());

impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it did not end in time")
    }
}

impl Error for Elapsed {}

impl From<Elapsed> for io::Error {
    fn from(elapsed: Elapsed) -> Self {
        io::Error::new(io::ErrorKind::TimedOut, elapsed)
    }
}
