//! How many tasks of a runtime with several workers there are, so that its end knows when there are none.
//!
//! Input: tasks as they are spawned and as they end. Output: whether all have ended. Invariant: a task is counted before it is
//! queued. Each worker counts for itself, so none waits for another's cache line; all other threads count together.

use crate::shim::threads::{AtomicUsize, Ordering};

/// Of one worker. Apart from others', so that workers don't meet at a cache line.
#[repr(align(128))]
#[derive(Default)]
struct Counts {
    spawned: AtomicUsize,
    ended: AtomicUsize,
}

pub(super) struct Count {
    workers: Box<[Counts]>,
    others: Counts,
}

impl Count {
    pub(super) fn new(workers: usize) -> Self {
        Count {
            workers: (0..workers).map(|_| Counts::default()).collect(),
            others: Counts::default(),
        }
    }

    /// A task is about to be queued by this worker, or by a thread that is none.
    pub(super) fn spawn(&self, worker: Option<usize>) {
        match worker {
            Some(worker) => add_alone(&self.workers[worker].spawned),
            None => _ = self.others.spawned.fetch_add(1, Ordering::SeqCst),
        }
    }

    /// A task has ended on this worker, or on a thread that is none.
    pub(super) fn end(&self, worker: Option<usize>) {
        match worker {
            Some(worker) => add_alone(&self.workers[worker].ended),
            None => _ = self.others.ended.fetch_add(1, Ordering::SeqCst),
        }
    }

    /// Whether all have ended that were counted before this, on this thread or on those it has heard from.
    ///
    /// Ends are read first: who sees one sees the task's spawn as well, so if there are as many spawns, these are those.
    pub(super) fn is_none(&self) -> bool {
        let sum = |count: fn(&Counts) -> &AtomicUsize| {
            let all = self.workers.iter().chain([&self.others]);
            all.fold(0, |sum: usize, counts| {
                sum.wrapping_add(count(counts).load(Ordering::SeqCst))
            })
        };
        let ended = sum(|counts| &counts.ended);
        ended == sum(|counts| &counts.spawned)
    }
}

/// Adds to what no other thread writes.
fn add_alone(count: &AtomicUsize) {
    let before = count.load(Ordering::Relaxed);
    count.store(before.wrapping_add(1), Ordering::Release);
}
