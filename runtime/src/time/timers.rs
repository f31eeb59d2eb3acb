//! The timers of one runtime: a wheel for each worker, and one for all other threads.
//!
//! Input: deadlines with wakers. Output: when the driver has to awake, and the wakers of those that have passed. Invariant: an
//! entry is there until it has expired or was removed; whoever sets one that is due before the driver would
//! awake is told to interrupt it. What it says is never later than a wheel's first deadline, though perhaps earlier.
//!
//! Each wheel has a lock, which is its worker's own: another thread takes it to end a timer that was set there, or,
//! having the driver, to see what is due. So a worker whose task doesn't come back holds up no timers but those whose
//! tasks only it may run.

use super::Instant;
use super::wheel::{self, Wheel};
use crate::shim::{AtomicU64, Mutex, MutexGuard, Ordering, fence};
use std::sync::atomic::AtomicU64 as Counter;
use std::sync::{Arc, PoisonError};
use std::task::Waker;
use std::time::Duration;

/// No deadline.
const NEVER: u64 = u64::MAX;
/// What [`Timers::sleep`] says while the driver is awake: there is no earlier deadline.
const AWAKE: u64 = 0;

pub(crate) struct Timers {
    /// Deadlines are counted from here.
    origin: Instant,
    /// Tells apart the wheels of several runtimes.
    runtime: u64,
    shards: Box<[Arc<Shard>]>,
    /// Until when the driver sleeps.
    until: AtomicU64,
}

/// A wheel. Apart from others', so that workers don't meet at a cache line.
#[repr(align(128))]
pub(crate) struct Shard {
    wheel: Mutex<Wheel<Waker>>,
    /// No deadline in it is earlier. Written under the lock.
    next: AtomicU64,
    runtime: u64,
}

/// An entry.
pub(crate) struct Timer {
    shard: Arc<Shard>,
    key: wheel::Key,
}

/// Whether the driver would awake too late.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Driver {
    AwakesInTime,
    ToInterrupt,
}

impl Timers {
    pub(crate) fn new(origin: Instant, workers: usize) -> Self {
        static RUNTIMES: Counter = Counter::new(0);
        let runtime = RUNTIMES.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let shard = |_| {
            Arc::new(Shard {
                wheel: Mutex::new(Wheel::new()),
                next: AtomicU64::new(NEVER),
                runtime,
            })
        };
        Timers {
            origin,
            runtime,
            shards: (0..=workers).map(shard).collect(),
            until: AtomicU64::new(AWAKE),
        }
    }

    /// Sets a timer, in the wheel of a worker or, of none, in that of all other threads.
    pub(crate) fn insert(
        &self,
        worker: Option<usize>,
        deadline: Instant,
        waker: Waker,
    ) -> (Timer, Driver) {
        let others = self.shards.len() - 1;
        let shard = &self.shards[worker.map_or(others, |worker| worker.min(others))];
        let deadline = self.nanoseconds(deadline);
        let mut wheel = shard.lock();
        let key = wheel.insert(deadline, waker);
        let first = deadline < shard.next.load(Ordering::Relaxed);
        if first {
            shard.next.store(deadline, Ordering::Relaxed);
        }
        drop(wheel);
        let timer = Timer {
            shard: Arc::clone(shard),
            key,
        };
        let driver = if first {
            self.tell(deadline)
        } else {
            // Whoever set the first of them has told it, or it has looked since.
            Driver::AwakesInTime
        };
        (timer, driver)
    }

    /// A wheel has a new first deadline.
    fn tell(&self, deadline: u64) -> Driver {
        // Between what was written and what is read: either we see that the driver sleeps, or it sees what is next.
        fence(Ordering::SeqCst);
        if deadline >= self.until.load(Ordering::Relaxed) {
            return Driver::AwakesInTime;
        }
        // The others that come before it awakes needn't interrupt again.
        if deadline < self.until.fetch_min(deadline, Ordering::Relaxed) {
            Driver::ToInterrupt
        } else {
            Driver::AwakesInTime
        }
    }

    /// Whether it is an entry of this runtime's.
    pub(crate) fn has(&self, timer: &Timer) -> bool {
        timer.shard.runtime == self.runtime
    }

    /// The driver is about to sleep. Gives the moment when it has to awake. It says so by [`Timers::awake`].
    pub(crate) fn sleep(&self) -> Option<Instant> {
        self.sleep_endlessly();
        let next = self.next();
        // Unless somebody has set a sooner one, and interrupts.
        self.until.fetch_min(next, Ordering::Relaxed);
        (next != NEVER).then(|| self.instant(next))
    }

    /// The driver is about to sleep until another timer is set.
    pub(crate) fn sleep_endlessly(&self) {
        self.until.store(NEVER, Ordering::Relaxed);
        fence(Ordering::SeqCst);
    }

    pub(crate) fn awake(&self) {
        self.until.store(AWAKE, Ordering::Relaxed);
    }

    fn next(&self) -> u64 {
        let next = |shard: &Arc<Shard>| shard.next.load(Ordering::Relaxed);
        self.shards.iter().map(next).min().unwrap_or(NEVER)
    }

    /// Whether there is nothing to expire.
    pub(crate) fn is_idle(&self) -> bool {
        self.next() == NEVER
    }

    /// The first deadline, exactly.
    pub(crate) fn first(&self) -> Option<Instant> {
        let first = |shard: &Arc<Shard>| {
            let mut wheel = shard.lock();
            let first = wheel.first();
            shard.next.store(first.unwrap_or(NEVER), Ordering::Relaxed);
            first
        };
        let first = self.shards.iter().filter_map(first).min()?;
        Some(self.instant(first))
    }

    /// Moves the wakers of all deadlines that have passed by `now` to `wakers`; of each wheel, the earliest first.
    pub(crate) fn expire(&self, now: Instant, wakers: &mut Vec<Waker>) {
        let now = self.nanoseconds(now);
        for shard in &self.shards {
            if shard.next.load(Ordering::Relaxed) > now {
                continue;
            }
            let mut wheel = shard.lock();
            wheel.expire(now, |waker| wakers.push(waker));
            let next = wheel.next().unwrap_or(NEVER);
            shard.next.store(next, Ordering::Relaxed);
        }
    }

    fn nanoseconds(&self, moment: Instant) -> u64 {
        let since = moment.saturating_duration_since(self.origin);
        let seconds = since.as_secs().saturating_mul(1_000_000_000);
        // What is later than this clock will ever be is never.
        seconds
            .saturating_add(since.subsec_nanos().into())
            .min(NEVER - 1)
    }

    fn instant(&self, nanoseconds: u64) -> Instant {
        let since = Duration::from_nanos(nanoseconds);
        // Only what came from an `Instant` comes back.
        self.origin.checked_add(since).unwrap_or(self.origin)
    }
}

impl Shard {
    fn lock(&self) -> MutexGuard<'_, Wheel<Waker>> {
        self.wheel.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Timer {
    /// Sees to it that `waker` is the one that is woken. Returns whether the entry is still there.
    pub(crate) fn update(&self, waker: &Waker) -> bool {
        let mut wheel = self.shard.lock();
        let Some(entry) = wheel.get_mut(self.key) else {
            return false;
        };
        if entry.will_wake(waker) {
            return true;
        }
        drop(wheel);
        // Cloned and dropped without the lock, as it may be the user's.
        let mut waker = waker.clone();
        let mut wheel = self.shard.lock();
        let found = wheel.get_mut(self.key);
        let is_there = found.is_some();
        if let Some(entry) = found {
            std::mem::swap(entry, &mut waker);
        }
        drop(wheel);
        drop(waker);
        is_there
    }
}

/// Takes the entry out, if it is still there.
impl Drop for Timer {
    fn drop(&mut self) {
        let waker = self.shard.lock().remove(self.key);
        // Dropped without the lock.
        drop(waker);
    }
}

#[cfg(all(test, loom))]
mod loom_tests;
