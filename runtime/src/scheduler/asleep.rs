//! Whether all that a runtime runs on sleeps: then nothing happens until something comes from outside.
//!
//! Input: threads that sleep and are woken, closures on threads that may block. Output: whether all of it was at rest at one
//! moment, and still is. Invariant: who ends the sleep of another counts that before it may sleep itself. So if none was
//! counted while the parkers were looked at one after the other, it is as if they had been looked at together.
//! Non-goal: threads of the user's that wake tasks.

use super::parker::Parker;
use crate::shim::{AtomicUsize, Mutex, MutexGuard, Ordering};
use std::sync::{Arc, PoisonError};

#[derive(Debug, Default)]
pub(crate) struct Asleep {
    parkers: Mutex<Vec<Arc<Parker>>>,
    /// How many sleeps were ended by somebody.
    ended: AtomicUsize,
    /// Closures that run on a thread that may block, or wait for one.
    jobs: AtomicUsize,
}

/// All were asleep after so many sleeps had been ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct At(usize);

/// Whether there is another closure.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Jobs {
    Some,
    None,
}

impl Asleep {
    /// The thread of this parker counts from now on, and is awake.
    pub(crate) fn register(&self, parker: Arc<Parker>) {
        self.lock().push(parker);
    }

    /// It doesn't count any more.
    pub(crate) fn deregister(&self, parker: &Arc<Parker>) {
        self.lock().retain(|other| !Arc::ptr_eq(other, parker));
    }

    /// Called by one who has ended another's sleep.
    pub(crate) fn count_end(&self) {
        self.ended.fetch_add(1, Ordering::SeqCst);
    }

    /// Called before a closure is queued.
    pub(crate) fn begin_job(&self) {
        self.jobs.fetch_add(1, Ordering::SeqCst);
    }

    /// Called after it was dropped, and those who waited for it were woken.
    pub(crate) fn end_job(&self) -> Jobs {
        match self.jobs.fetch_sub(1, Ordering::SeqCst) {
            1 => Jobs::None,
            _ => Jobs::Some,
        }
    }

    /// Whether all sleep. (Who asks has parked already.)
    pub(crate) fn all(&self) -> Option<At> {
        let at = self.now();
        self.are_asleep(&self.lock(), at).then_some(at)
    }

    fn are_asleep(&self, parkers: &[Arc<Parker>], at: At) -> bool {
        // A closure is counted before the one who queued it sleeps, so it is looked for after that one was.
        parkers.iter().all(|parker| parker.is_asleep())
            && self.jobs.load(Ordering::SeqCst) == 0
            && self.now() == at
    }

    /// Does `then` if all still sleep and none was woken since. No thread comes to count meanwhile: one that wakes another, and
    /// then enters the runtime, does so before, and is seen, or after.
    pub(crate) fn if_still<R>(&self, at: At, then: impl FnOnce() -> R) -> Option<R> {
        let parkers = self.lock();
        self.are_asleep(&parkers, at).then(then)
    }

    fn now(&self) -> At {
        At(self.ended.load(Ordering::SeqCst))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Parker>>> {
        self.parkers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
