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

/// Of each worker; the last is that of all other threads.
pub(super) struct Count(Box<[Counts]>);

impl Count {
    pub(super) fn new(workers: usize) -> Self {
        Count((0..=workers).map(|_| Counts::default()).collect())
    }

    fn add(&self, worker: Option<usize>, count: fn(&Counts) -> &AtomicUsize) {
        if let Some(worker) = worker {
            // Nobody else writes to it.
            let count = count(&self.0[worker]);
            let before = count.load(Ordering::Relaxed);
            count.store(before.wrapping_add(1), Ordering::Release);
        } else {
            let others = &self.0[self.0.len() - 1];
            count(others).fetch_add(1, Ordering::SeqCst);
        }
    }

    /// A task is about to be queued by this worker, or by a thread that is none.
    pub(super) fn spawn(&self, worker: Option<usize>) {
        self.add(worker, |counts| &counts.spawned);
    }

    /// A task has ended on this worker, or on a thread that is none.
    pub(super) fn end(&self, worker: Option<usize>) {
        self.add(worker, |counts| &counts.ended);
    }

    /// Whether all have ended that were counted before this, on this thread or on those it has heard from.
    ///
    /// Ends are read first: who sees one sees the task's spawn as well, so if there are as many spawns, these are those.
    pub(super) fn is_none(&self) -> bool {
        let sum = |count: fn(&Counts) -> &AtomicUsize| {
            self.0.iter().fold(0, |sum: usize, counts| {
                sum.wrapping_add(count(counts).load(Ordering::SeqCst))
            })
        };
        let ended = sum(|counts| &counts.ended);
        ended == sum(|counts| &counts.spawned)
    }
}
