//! When a thread that runs tasks sleeps, and how it is woken.
//!
//! Input: threads that put something in a queue and then call [`Parker::unpark`]. Output: whether
//! the thread may sleep, and how its sleep is ended. Invariant: work that was queued before
//! an `unpark` is found by the thread before it sleeps again, or ends that sleep.

use crate::driver::Driver;
use crate::shim::threads::thread::{self, Thread};
use crate::shim::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

const AWAKE: usize = 0;
const IN_DRIVER: usize = 1;
const PARKED: usize = 2;
const NOTIFIED: usize = 3;

/// Where a thread sleeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bed {
    /// In the driver's wait for events.
    Driver,
    /// In [`std::thread::park`].
    Thread,
}

/// What the one who unparks has to do.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unpark {
    /// The thread is awake, or somebody else ends its sleep.
    Nothing,
    /// End the sleep.
    End(Bed),
}

/// The four states.
#[derive(Debug)]
pub(crate) struct Parker(AtomicUsize);

impl Parker {
    pub(crate) fn new() -> Self {
        Parker(AtomicUsize::new(AWAKE))
    }

    /// Called by the thread before it sleeps. `false`: there was an `unpark`, don't.
    ///
    /// Call [`Parker::awake`] in both cases, then look into the queues.
    #[must_use]
    pub(crate) fn park(&self, bed: Bed) -> bool {
        let state = match bed {
            Bed::Driver => IN_DRIVER,
            Bed::Thread => PARKED,
        };
        self.0
            .compare_exchange(AWAKE, state, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }

    /// Whether there was an `unpark` since [`Parker::park`].
    pub(crate) fn is_notified(&self) -> bool {
        self.0.load(Ordering::Acquire) == NOTIFIED
    }

    /// Whether the thread sleeps, or is about to, and nobody has ended that.
    pub(crate) fn is_asleep(&self) -> bool {
        matches!(self.0.load(Ordering::SeqCst), IN_DRIVER | PARKED)
    }

    /// Called by the thread after it slept. Says whether there was an `unpark`.
    pub(crate) fn awake(&self) -> bool {
        self.0.swap(AWAKE, Ordering::AcqRel) == NOTIFIED
    }

    /// Called by any thread after it queued something.
    pub(crate) fn unpark(&self) -> Unpark {
        match self.0.swap(NOTIFIED, Ordering::AcqRel) {
            IN_DRIVER => Unpark::End(Bed::Driver),
            PARKED => Unpark::End(Bed::Thread),
            _ => Unpark::Nothing,
        }
    }
}

/// A parker with the two beds.
pub(crate) struct Park {
    pub(crate) parker: Arc<Parker>,
    driver: Arc<Driver>,
    /// The thread, once it sleeps in its own bed.
    thread: OnceLock<Thread>,
}

impl Park {
    pub(crate) fn new(driver: Arc<Driver>) -> Self {
        let parker = Arc::new(Parker::new());
        driver.asleep.register(Arc::clone(&parker));
        Park {
            parker,
            driver,
            thread: OnceLock::new(),
        }
    }

    /// Called by any thread after it queued something.
    pub(crate) fn unpark(&self) {
        let unpark = self.parker.unpark();
        if unpark != Unpark::Nothing {
            self.driver.asleep.count_end();
        }
        match unpark {
            Unpark::Nothing => {}
            Unpark::End(Bed::Driver) => self.driver.interrupt(),
            Unpark::End(Bed::Thread) => {
                let thread = self.thread.get();
                thread.expect("a thread that sleeps has been here").unpark();
            }
        }
    }

    /// The thread runs no tasks any more. Others may go on to unpark it.
    pub(crate) fn leave(&self) {
        self.driver.asleep.deregister(&self.parker);
    }

    /// Sleeps on this thread, until an `unpark` or `limit`, and says whether it was the former. It is always the same thread that does.
    pub(crate) fn sleep(&self, limit: Option<Instant>) -> bool {
        self.thread.get_or_init(thread::current);
        if self.parker.park(Bed::Thread) {
            self.driver.falls_asleep();
            while !self.parker.is_notified() {
                match limit {
                    None => thread::park(),
                    Some(limit) => {
                        let left = limit.saturating_duration_since(Instant::now());
                        if left.is_zero() {
                            break;
                        }
                        thread::park_timeout(left);
                    }
                }
            }
        }
        self.parker.awake()
    }
}
