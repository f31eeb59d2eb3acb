//! Puts reactor and timers together: one turn waits for whichever comes first.
//!
//! Input: how long the caller may wait. Output: wakers of what is ready or due. Invariant: one thread at a time has the
//! driver; sockets that are ready go before timers that are due; nothing is woken in here. Tasks are unknown.

use crate::reactor::{self, Reactor};
use crate::scheduler::parker::{Bed, Parker};
use crate::time::queue::Timers;
use std::io;
use std::sync::{Arc, Mutex, TryLockError};
use std::task::Waker;
use std::time::{Duration, Instant};

/// What wakes tasks for reasons from outside.
pub(crate) struct Driver {
    pub(crate) reactor: Arc<Reactor>,
    timers: Timers,
    /// Whoever holds the lock has the driver.
    events: Mutex<reactor::Events>,
}

/// How long a turn may take.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pause {
    /// No time: there are tasks to run.
    None,
    /// Until something happens, or this moment comes.
    Until(Option<Instant>),
}

/// Whether there was a turn.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Done,
    /// Another thread has the driver.
    Taken,
}

impl Driver {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Driver {
            reactor: Arc::new(Reactor::new()?),
            timers: Timers::new(),
            events: Mutex::default(),
        })
    }

    /// Waits, then adds the wakers of all that is ready or due. After it the caller looks into its queues.
    pub(crate) fn turn(&self, parker: &Parker, pause: Pause, wakers: &mut Vec<Waker>) -> Turn {
        let mut events = match self.events.try_lock() {
            Ok(events) => events,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Turn::Taken,
        };
        let timeout = self.timeout(parker, pause);
        if timeout != Some(Duration::ZERO) || self.reactor.has_sources() {
            let waited = self.reactor.wait(timeout, &mut events, wakers);
            waited.expect("the reactor's own descriptors stay open as long as it lives");
        }
        parker.awake();
        self.timers.expire(wakers);
        Turn::Done
    }

    fn timeout(&self, parker: &Parker, pause: Pause) -> Option<Duration> {
        let limit = match pause {
            Pause::Until(limit) if parker.park(Bed::Driver) => limit,
            _ => return Some(Duration::ZERO),
        };
        let next = self.timers.sleep_until(limit);
        next.map(|next| next.saturating_duration_since(Instant::now()))
    }

    /// Ends the wait of the thread that has the driver, or the next one's.
    pub(crate) fn interrupt(&self) {
        self.reactor.interrupt();
    }

    /// The timers, to change or remove one.
    pub(crate) fn timers(&self) -> &Timers {
        &self.timers
    }

    /// Sets a timer.
    pub(crate) fn insert_timer(&self, deadline: Instant, waker: Waker) -> crate::time::queue::Key {
        let (key, sooner) = self.timers.insert(deadline, waker);
        if sooner {
            self.interrupt();
        }
        key
    }
}
