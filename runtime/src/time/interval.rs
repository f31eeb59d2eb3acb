//! Ticks at regular moments.
//!
//! Input: a start and a period. Output: a tick at each multiple. Invariant: ticks don't drift: the next is reckoned from when
//! the last was due, unless [`MissedTick`] says otherwise.

use super::{Instant, Sleep};
use std::future::{Future, poll_fn};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// Ticks now, and then every `period`.
///
/// ```
/// # #[costate::coroutine]
/// # fn example() {
/// use std::time::Duration;
///
/// let mut ticks = costate::time::interval(Duration::from_millis(2));
/// let first = ticks.tick().await;
/// let second = ticks.tick().await;
/// assert_eq!(second - first, Duration::from_millis(2));
/// # }
/// # costate::block_on(example());
/// ```
///
/// # Panics
///
/// If `period` is zero.
pub fn interval(period: Duration) -> Interval {
    interval_at(Instant::now(), period)
}

/// Ticks at `start`, and then every `period`.
///
/// ```
/// use costate::time::{Duration, Instant, interval_at};
///
/// # #[costate::coroutine]
/// # fn example() {
/// let start = Instant::now() + Duration::from_millis(1);
/// let mut ticks = interval_at(start, Duration::from_millis(2));
/// assert_eq!(ticks.tick().await, start);
/// # }
/// # costate::block_on(example());
/// ```
///
/// # Panics
///
/// If `period` is zero.
pub fn interval_at(start: Instant, period: Duration) -> Interval {
    assert!(!period.is_zero(), "the period of an interval can't be zero");
    Interval {
        sleep: Sleep::new(Some(start)),
        due: start,
        period,
        missed: MissedTick::default(),
    }
}

/// What to do about ticks that nobody waited for in time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum MissedTick {
    /// Deliver them all at once, then go on as planned.
    #[default]
    Burst,
    /// Deliver one, and count the period from then on.
    Delay,
    /// Deliver one, and leave out those that are past: the next comes at a multiple of the period.
    Skip,
}

/// See [`interval`].
#[derive(Debug)]
pub struct Interval {
    sleep: Sleep,
    due: Instant,
    period: Duration,
    missed: MissedTick,
}

impl Interval {
    /// Waits for the next tick. Gives the moment it was due.
    ///
    /// # Panics
    ///
    /// When it is awaited, if there is no costate runtime on this thread, and if the clock can't tell the
    /// time of the tick after it.
    ///
    /// # Cancel safety
    ///
    /// A tick that was waited for and not delivered is the next one.
    pub fn tick(&mut self) -> impl Future<Output = Instant> + Send {
        poll_fn(|cx| self.poll_tick(cx))
    }

    /// As [`Interval::tick`], for a hand-written future.
    pub fn poll_tick(&mut self, cx: &mut Context<'_>) -> Poll<Instant> {
        ready!(std::pin::Pin::new(&mut self.sleep).poll(cx));
        let due = self.due;
        self.due = self.after(due, Instant::now());
        self.sleep.reset(self.due);
        Poll::Ready(due)
    }

    /// The tick after the one that was `due` and is delivered `now`.
    fn after(&self, due: Instant, now: Instant) -> Instant {
        match self.missed {
            MissedTick::Delay if now >= due + self.period => now + self.period,
            MissedTick::Skip => {
                let late = now.saturating_duration_since(due).as_nanos();
                let into = late % self.period.as_nanos();
                let into = Duration::from_nanos(u64::try_from(into).unwrap_or(u64::MAX));
                if now > due {
                    now - into + self.period
                } else {
                    due + self.period
                }
            }
            MissedTick::Delay | MissedTick::Burst => due + self.period,
        }
    }

    /// Ticks again after a period from now.
    pub fn reset(&mut self) {
        self.due = Instant::now() + self.period;
        self.sleep.reset(self.due);
    }

    /// The time between two ticks.
    #[must_use]
    pub fn period(&self) -> Duration {
        self.period
    }

    /// Says what to do about ticks that nobody waited for in time.
    pub fn set_missed_tick(&mut self, missed: MissedTick) {
        self.missed = missed;
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn missed_ticks_burst_or_delay_or_are_skipped() {
        let start = Instant::now();
        let ms = Duration::from_millis;
        let mut interval = interval_at(start, ms(10));
        let next = |interval: &Interval, late| interval.after(start, start + ms(late)) - start;
        for (missed, expected) in [
            (MissedTick::Burst, [10, 10, 10]),
            (MissedTick::Delay, [10, 10, 45]),
            (MissedTick::Skip, [10, 10, 40]),
        ] {
            interval.set_missed_tick(missed);
            let found = [0, 3, 35].map(|late| next(&interval, late));
            assert_eq!(found, expected.map(ms), "{missed:?}");
        }
    }
}
