//! A deadline that can be awaited.
//!
//! Input: a moment. Output: ready, not before it. Invariant: its timer is removed when it is dropped, reset or
//! ready.

use super::Instant;
use super::timers::Timer;
use crate::scheduler::{self, context};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Waits for `duration`.
///
/// A duration so long that the clock can't tell its end never ends.
///
/// ```
/// use costate::time::{Duration, Instant};
///
/// let start = Instant::now();
/// costate::block_on(costate::time::sleep(Duration::from_millis(5)));
/// assert!(start.elapsed() >= Duration::from_millis(5));
/// ```
///
/// # Panics
///
/// When it is awaited, if there is no costate runtime on this thread.
///
/// # Cancel safety
///
/// It may be dropped at any time, which removes the timer.
pub fn sleep(duration: Duration) -> Sleep {
    Sleep::new(Instant::now().checked_add(duration))
}

/// Waits until `deadline`. See [`sleep`].
///
/// ```
/// use costate::time::{Duration, Instant, sleep_until};
///
/// let deadline = Instant::now() + Duration::from_millis(2);
/// costate::block_on(sleep_until(deadline));
/// assert!(Instant::now() >= deadline);
/// ```
///
/// # Panics
///
/// As for [`sleep`].
///
/// # Cancel safety
///
/// As for [`sleep`].
pub fn sleep_until(deadline: Instant) -> Sleep {
    Sleep::new(Some(deadline))
}

/// The future of [`sleep`] and [`sleep_until`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Sleep {
    /// `None`: never.
    deadline: Option<Instant>,
    /// While it waits.
    timer: Option<Timer>,
}

impl Sleep {
    pub(crate) fn new(deadline: Option<Instant>) -> Self {
        Sleep {
            deadline,
            timer: None,
        }
    }

    /// The moment it ends, unless that is beyond what the clock can tell.
    #[must_use]
    pub fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Whether the deadline has passed.
    #[must_use]
    pub fn is_elapsed(&self) -> bool {
        self.deadline
            .is_some_and(|deadline| deadline <= Instant::now())
    }

    /// Sets another deadline. The sleep may have ended; it can be awaited again.
    pub fn reset(&mut self, deadline: Instant) {
        self.timer = None;
        self.deadline = Some(deadline);
    }

    /// As `poll`, even for a task that has used up its budget: a deadline holds for it too.
    pub(crate) fn poll_elapsed(&mut self, cx: &Context<'_>) -> Poll<()> {
        let Some(deadline) = self.deadline else {
            return Poll::Pending;
        };
        if deadline <= Instant::now() {
            self.timer = None;
            return Poll::Ready(());
        }
        if let Some(timer) = &self.timer
            && scheduler::has_timer(timer)
            && timer.update(cx.waker())
        {
            return Poll::Pending;
        }
        // It was never polled, or in another runtime, which won't wake it for this one.
        self.timer = None;
        let timer = scheduler::set_timer(deadline, cx.waker().clone());
        self.timer = Some(timer.expect(scheduler::NO_RUNTIME));
        Poll::Pending
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        ready!(context::poll_budget(cx));
        ready!(self.poll_elapsed(cx));
        context::spend();
        Poll::Ready(())
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sleep")
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
