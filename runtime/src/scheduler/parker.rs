//! When the worker sleeps, and how it is woken.
//!
//! Input: threads that put something in a queue and then call [`Parker::unpark`]. Output: whether
//! the worker may sleep, and whether its sleep must be interrupted. Invariant: work that was queued before
//! an `unpark` is found by the worker before it sleeps again, or interrupts that sleep.

use crate::shim::{AtomicUsize, Ordering};

const AWAKE: usize = 0;
const PARKED: usize = 1;
const NOTIFIED: usize = 2;

/// What the one who unparks has to do.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unpark {
    /// The worker is awake, or somebody else interrupts it.
    Nothing,
    /// Interrupt the worker's sleep.
    Interrupt,
}

/// The worker's three states.
#[derive(Debug)]
pub(crate) struct Parker(AtomicUsize);

impl Parker {
    pub(crate) fn new() -> Self {
        Parker(AtomicUsize::new(AWAKE))
    }

    /// Called by the worker before it sleeps. `false`: there was an `unpark`, don't.
    ///
    /// Call [`Parker::awake`] in both cases, then look into the queues.
    #[must_use]
    pub(crate) fn park(&self) -> bool {
        self.0
            .compare_exchange(AWAKE, PARKED, Ordering::AcqRel, Ordering::Acquire)
            .is_ok()
    }

    /// Called by the worker after it slept.
    pub(crate) fn awake(&self) {
        self.0.swap(AWAKE, Ordering::AcqRel);
    }

    /// Called by any thread after it queued something.
    pub(crate) fn unpark(&self) -> Unpark {
        match self.0.swap(NOTIFIED, Ordering::AcqRel) {
            PARKED => Unpark::Interrupt,
            _ => Unpark::Nothing,
        }
    }
}
