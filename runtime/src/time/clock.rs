//! The clock of a runtime, which may be paused.
//!
//! Input: the system's clock, and what a test says. Output: what time it is. Invariant: it never goes back. While it is
//! paused it goes on only by [`Clock::advance`] and [`Clock::go_to`]; afterwards from there, at the
//! system's pace.

use super::Instant;
use crate::shim::threads::{AtomicBool, Mutex, MutexGuard, Ordering};
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool as Flag;
use std::time::{self, Duration};

/// Whether any clock of this process was ever paused. As long as none was nobody looks for one.
static ANY_WAS_PAUSED: Flag = Flag::new(false);

/// What time it is by the clock that `with` has, if any.
#[inline]
pub(super) fn now(with: impl FnOnce(fn(&Clock) -> Instant) -> Option<Instant>) -> time::Instant {
    if ANY_WAS_PAUSED.load(Ordering::Relaxed)
        && let Some(now) = with(Clock::now)
    {
        return now.into_std();
    }
    time::Instant::now()
}

/// A paused clock can't be paused, and only a paused one be resumed or advanced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WrongState;

#[derive(Default)]
pub(crate) struct Clock {
    /// Whether it is paused now. Written under the lock.
    paused: AtomicBool,
    /// `None`: it is the system's. It was never paused.
    own: Mutex<Option<Own>>,
}

#[derive(Clone, Copy)]
struct Own {
    /// What it said when it was paused, advanced or resumed.
    base: time::Instant,
    /// When it was resumed, by the system's clock. `None`: it is paused.
    resumed: Option<time::Instant>,
}

impl Own {
    fn now(self) -> time::Instant {
        match self.resumed {
            None => self.base,
            Some(resumed) => self.base + resumed.elapsed(),
        }
    }
}

impl Clock {
    pub(crate) fn now(&self) -> Instant {
        let own = *self.lock();
        Instant::from_std(own.map_or_else(time::Instant::now, Own::now))
    }

    pub(crate) fn is_paused(&self) -> bool {
        self.paused.load(Ordering::SeqCst)
    }

    pub(crate) fn pause(&self) -> Result<(), WrongState> {
        ANY_WAS_PAUSED.store(true, Ordering::Relaxed);
        let mut own = self.lock();
        if self.is_paused() {
            return Err(WrongState);
        }
        let base = own.map_or_else(time::Instant::now, Own::now);
        *own = Some(Own {
            base,
            resumed: None,
        });
        self.paused.store(true, Ordering::SeqCst);
        Ok(())
    }

    pub(crate) fn resume(&self) -> Result<(), WrongState> {
        self.change(|own| {
            own.resumed = Some(time::Instant::now());
            self.paused.store(false, Ordering::SeqCst);
        })
    }

    /// Goes on by `duration`.
    ///
    /// # Panics
    ///
    /// If the system's clock couldn't tell that moment.
    pub(crate) fn advance(&self, duration: Duration) -> Result<(), WrongState> {
        self.change(|own| match own.base.checked_add(duration) {
            Some(later) => own.base = later,
            None => panic!("the clock can't tell the time {duration:?} from now"),
        })
    }

    /// Goes on to `moment`, unless that is past.
    pub(crate) fn go_to(&self, moment: Instant) -> Result<(), WrongState> {
        let to = moment.into_std();
        self.change(|own| own.base = own.base.max(to))
    }

    fn change(&self, change: impl FnOnce(&mut Own)) -> Result<(), WrongState> {
        let mut own = self.lock();
        match &mut *own {
            Some(own) if own.resumed.is_none() => {
                change(own);
                Ok(())
            }
            _ => Err(WrongState),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Own>> {
        self.own.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
