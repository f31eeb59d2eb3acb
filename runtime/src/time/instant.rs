//! A moment, told by the clock of the runtime.
//!
//! Input: the thread's runtime, if it has one. Output: its time, which stands still while it is paused. Invariant: where no clock
//! was ever paused it is the system's monotonic clock, and reading it costs no more.

use crate::scheduler;
use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::time::{self, Duration};

/// A moment, as [`std::time::Instant`], but told by the clock of the current runtime: one that is [paused](super::pause) has
/// its own.
///
/// ```
/// use costate::time::{Duration, Instant, sleep};
///
/// # #[costate::coroutine]
/// # fn example() {
/// let start = Instant::now();
/// sleep(Duration::from_millis(2)).await;
/// assert!(start.elapsed() >= Duration::from_millis(2));
/// # }
/// # costate::block_on(example());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(time::Instant);

impl Instant {
    /// Now: by the clock of this thread's runtime, or by the system's if there is none.
    #[must_use]
    #[inline]
    pub fn now() -> Self {
        Instant(super::clock::now(scheduler::with_clock))
    }

    /// The same moment by the system's clock.
    #[must_use]
    pub const fn from_std(std: time::Instant) -> Self {
        Instant(std)
    }

    /// The same moment for the standard library. A clock that was paused may be ahead of the system's, or behind.
    #[must_use]
    pub const fn into_std(self) -> time::Instant {
        self.0
    }

    /// The time from `earlier` to this, or zero if that was later.
    ///
    /// ```
    /// use costate::time::{Duration, Instant};
    ///
    /// let now = Instant::now();
    /// let soon = now + Duration::from_millis(3);
    /// assert_eq!(soon.duration_since(now), Duration::from_millis(3));
    /// assert_eq!(now.duration_since(soon), Duration::ZERO);
    /// ```
    #[must_use]
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.0.saturating_duration_since(earlier.0)
    }

    /// The time from `earlier` to this, or `None` if that was later.
    #[must_use]
    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        self.0.checked_duration_since(earlier.0)
    }

    /// As [`duration_since`](Instant::duration_since).
    #[must_use]
    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.0.saturating_duration_since(earlier.0)
    }

    /// The time since this moment, or zero if it is still to come.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        Instant::now().duration_since(*self)
    }

    /// So much later, or `None` if the clock can't tell that moment.
    #[must_use]
    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_add(duration).map(Instant)
    }

    /// So much earlier, or `None` if the clock can't tell that moment.
    #[must_use]
    pub fn checked_sub(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_sub(duration).map(Instant)
    }
}

/// # Panics
///
/// If the clock can't tell the moment: see [`Instant::checked_add`].
impl Add<Duration> for Instant {
    type Output = Instant;

    fn add(self, duration: Duration) -> Instant {
        Instant(self.0 + duration)
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, duration: Duration) {
        self.0 += duration;
    }
}

/// # Panics
///
/// If the clock can't tell the moment: see [`Instant::checked_sub`].
impl Sub<Duration> for Instant {
    type Output = Instant;

    fn sub(self, duration: Duration) -> Instant {
        Instant(self.0 - duration)
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, duration: Duration) {
        self.0 -= duration;
    }
}

impl Sub for Instant {
    type Output = Duration;

    fn sub(self, earlier: Instant) -> Duration {
        self.duration_since(earlier)
    }
}

impl From<time::Instant> for Instant {
    fn from(std: time::Instant) -> Self {
        Instant(std)
    }
}

impl From<Instant> for time::Instant {
    fn from(instant: Instant) -> Self {
        instant.0
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_is_that_of_the_standard_library() {
        let std = time::Instant::now();
        let (now, second) = (Instant::from_std(std), Duration::from_secs(1));
        let mut moved = now;
        moved += second;
        assert_eq!(moved, now + second);
        moved -= second;
        assert_eq!(moved, now);
        assert_eq!((now + second) - second, now);
        assert_eq!((now + second) - now, second);
        assert_eq!(now - (now + second), Duration::ZERO);
        assert_eq!((now + second).checked_duration_since(now), Some(second));
        assert_eq!(now.checked_duration_since(now + second), None);
        assert_eq!(now.checked_add(second), Some(now + second));
        assert_eq!(now.checked_add(Duration::MAX), None);
        assert_eq!(now.checked_sub(Duration::MAX), None);
        assert_eq!(time::Instant::from(now), std);
        assert_eq!(Instant::from(std).into_std(), std);
        assert_eq!(format!("{now:?}"), format!("{std:?}"));
        assert!(now < now + second);
    }
}
