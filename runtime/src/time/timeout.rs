//! A future with a deadline.
//!
//! Input: a future and a moment. Output: the future's output, or that the moment has come. Invariant: the
//! future is polled first, and is gone before the error is handed out.

use super::{Instant, Sleep, deadline};
use crate::future::Branch;
use crate::introduce::introduce;
use crate::{Coroutine, Frame};
use pin_project_lite::pin_project;
use std::error::Error;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

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
/// [`Elapsed`] if the future isn't ready in time. It is cancelled, and has cleaned up, before that is reported; how long that may take says
/// [`clean_up_limit`](Timeout::clean_up_limit). A future that is ready when the time is up has won.
///
/// What runs in it finds the moment by [`deadline()`](super::deadline()).
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
        future: Branch::new(future.into_future()),
        sleep,
        stage: Stage::New,
        clean_up: None,
    }
}

/// Awaits `future`, but only until `deadline`. See [`timeout`].
///
/// ```
/// use costate::time::{Instant, timeout_at};
///
/// # #[costate::coroutine]
/// # fn example() {
/// let late = timeout_at(Instant::now(), std::future::pending::<()>()).await;
/// assert!(late.is_err());
/// # }
/// # costate::block_on(example());
/// ```
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
        future: Branch::new(future.into_future()),
        sleep,
        stage: Stage::New,
        clean_up: None,
    }
}

pin_project! {
    /// The future of [`timeout`] and [`timeout_at`].
    #[must_use = "futures do nothing unless they are awaited"]
    pub struct Timeout<F: Future> {
        #[pin]
        future: Branch<F>,
        sleep: Sleep,
        stage: Stage,
        // `None`: the runtime's limit.
        clean_up: Option<Duration>,
    }
}

impl<F: Future> Timeout<F> {
    /// How long the future may clean up when its time is over, or when this is cancelled itself. If nothing is said, as long as
    /// [`Builder::clean_up_limit`](crate::Builder::clean_up_limit) says. Then it is dropped where it stands, which
    /// [`clean_ups`](crate::cancel::clean_ups) counts.
    ///
    /// ```
    /// use costate::time::{Duration, Instant, sleep, timeout};
    ///
    /// #[costate::coroutine]
    /// fn work() {
    ///     defer! { sleep(Duration::from_secs(20)).await; } // a long goodbye
    ///     std::future::pending().await
    /// }
    ///
    /// # #[costate::coroutine]
    /// # fn example() {
    /// costate::time::pause();
    /// let begun = Instant::now();
    /// let late = timeout(Duration::from_secs(5), work()).clean_up_limit(Duration::from_secs(1)).await;
    /// assert!(late.is_err());
    /// assert_eq!(begun.elapsed(), Duration::from_secs(6));
    /// # }
    /// # costate::block_on(example());
    /// ```
    ///
    /// If something around it is cancelled, that one's limit holds too.
    pub fn clean_up_limit(mut self, limit: Duration) -> Self {
        self.clean_up = Some(limit);
        self
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    New,
    Polled,
    /// The time is up, and the future is being cancelled.
    Late,
    Ended,
}

impl<F: Future> Future for Timeout<F> {
    type Output = Result<F::Output, Elapsed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        if self.stage == Stage::New {
            introduce(self.as_mut());
        }
        let mut this = self.project();
        assert!(
            *this.stage != Stage::Ended,
            "a timeout was polled after it was ready"
        );
        if *this.stage != Stage::Late {
            *this.stage = Stage::Polled;
            let future = this.future.as_mut();
            if deadline::under(this.sleep.deadline(), || future.poll(cx)).is_ready() {
                *this.stage = Stage::Ended;
                let output = this.future.output();
                return Poll::Ready(Ok(output.expect("it has just become ready")));
            }
            ready!(this.sleep.poll_elapsed(cx));
            *this.stage = Stage::Late;
        }
        ready!(this.future.poll_cancel_within(*this.clean_up, cx));
        *this.stage = Stage::Ended;
        Poll::Ready(Err(Elapsed(())))
    }
}

impl<F: Future> Coroutine for Timeout<F> {
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        *this.stage = Stage::Ended;
        this.future.poll_cancel_within(*this.clean_up, cx)
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        self.project().future.trace(visit);
    }
}

impl<F: Future> fmt::Debug for Timeout<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Timeout")
            .field("future", &self.future)
            .field("sleep", &self.sleep)
            .finish_non_exhaustive()
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
