//! Which workers sleep, and how many look for work.
//!
//! Input: workers that run out of work or find some, others that queue some. Output: whom to wake. Invariant: if there is work
//! in a queue that others may take from, then some worker is looking for work, or all are awake, or somebody is
//! about to wake one. So that not all wake for one task, nobody is woken while one is looking; one who
//! finds work and was the last to look wakes the next.

use crate::shim::{AtomicUsize, Mutex, Ordering};
use std::sync::PoisonError;

/// Of the word: the lower half counts those who look, the upper half those who are awake.
const AWAKE: usize = 1 << (usize::BITS / 2);
const LOOKING: usize = AWAKE - 1;

pub(super) struct Idle {
    counts: AtomicUsize,
    sleepers: Mutex<Vec<usize>>,
    workers: usize,
}

impl Idle {
    /// All of `workers` are awake, none looks.
    pub(super) fn new(workers: usize) -> Self {
        Idle {
            counts: AtomicUsize::new(workers * AWAKE),
            sleepers: Mutex::new(Vec::with_capacity(workers)),
            workers,
        }
    }

    /// Somebody has queued work: whom to wake, if anybody. That worker counts as awake and looking from now on.
    pub(super) fn wake_one(&self) -> Option<usize> {
        if !self.is_one_needed() {
            return None;
        }
        let mut sleepers = self.sleepers.lock().unwrap_or_else(PoisonError::into_inner);
        if !self.is_one_needed() {
            return None;
        }
        let worker = sleepers.pop()?;
        self.counts.fetch_add(AWAKE + 1, Ordering::SeqCst);
        Some(worker)
    }

    fn is_one_needed(&self) -> bool {
        // An exchange, not a load: it is ordered with the one in `sleep`, so either we see the sleeper or the
        // sleeper sees the work.
        let counts = self.counts.fetch_add(0, Ordering::SeqCst);
        counts & LOOKING == 0 && counts / AWAKE < self.workers
    }

    /// A worker that has nothing to do wants to look into the others' queues. `false`: enough do.
    #[must_use]
    pub(super) fn begin_to_look(&self) -> bool {
        let counts = self.counts.load(Ordering::SeqCst);
        if 2 * (counts & LOOKING) >= self.workers {
            return false;
        }
        self.counts.fetch_add(1, Ordering::SeqCst);
        true
    }

    /// One who looked has found work. Returns whether it was the last who looked, and so has to wake another.
    #[must_use]
    pub(super) fn found(&self) -> bool {
        self.counts.fetch_sub(1, Ordering::SeqCst) & LOOKING == 1
    }

    /// A worker is about to sleep. It looks once more into all queues after this.
    pub(super) fn sleep(&self, worker: usize, looking: bool) {
        let mut sleepers = self.sleepers.lock().unwrap_or_else(PoisonError::into_inner);
        sleepers.push(worker);
        self.counts
            .fetch_sub(AWAKE + usize::from(looking), Ordering::SeqCst);
    }

    /// A worker has slept, or doesn't sleep after all. Returns whether it was woken to look for work.
    #[must_use]
    pub(super) fn awake(&self, worker: usize) -> bool {
        let mut sleepers = self.sleepers.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(place) = sleepers.iter().position(|sleeper| *sleeper == worker) else {
            return true;
        };
        sleepers.swap_remove(place);
        self.counts.fetch_add(AWAKE, Ordering::SeqCst);
        false
    }
}
