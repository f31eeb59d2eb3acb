//! Sockets and timers don't wait for a worker whose task doesn't suspend: one of those that sleep looks after the driver.
//!
//! Input: workers that sleep while another has the driver. Output: one that awakes though nobody woke it, and so comes to have
//! the driver itself, for the other has left it and not come back. Invariant: while a worker sleeps and nobody waits in the driver, one
//! that sleeps looks every now and then, or somebody is about to wake one. While somebody does wait there none looks, so a runtime
//! that has nothing to do does nothing.

use super::parker::Park;
use crate::driver::Driver;
use crate::shim::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// A worker that has left the driver has so long to come back.
const PATIENCE: Duration = Duration::from_millis(10);

#[derive(Default)]
pub(super) struct Watch {
    /// 1: some worker looks.
    kept: AtomicUsize,
}

impl Watch {
    /// Whether some worker looks. Asked by one that has just left the driver.
    pub(super) fn is_kept(&self) -> bool {
        self.kept.load(Ordering::SeqCst) == 1
    }

    /// Sleeps until an `unpark`; or, if no other looks, until the driver is left alone for too long.
    pub(super) fn sleep(&self, park: &Park, driver: &Driver) {
        let is_attended = || driver.clock.is_paused() || driver.is_waiting();
        if !self.begin() {
            park.sleep(None);
            return;
        }
        loop {
            let turns = driver.turns();
            if park.sleep(Some(Instant::now() + PATIENCE)) {
                break;
            }
            if is_attended() {
                if self.stop(is_attended) {
                    park.sleep(None);
                    return;
                }
            } else if driver.turns() == turns {
                break;
            }
        }
        self.kept.store(0, Ordering::SeqCst);
    }

    /// `false`: another one looks.
    pub(super) fn begin(&self) -> bool {
        self.kept.swap(1, Ordering::SeqCst) == 0
    }

    /// Stops looking, since somebody is in the driver. `false`: nobody is by now, and it has to look on.
    pub(super) fn stop(&self, is_attended: impl Fn() -> bool) -> bool {
        // A store would do, and costs the same; loom knows its place among swaps less well.
        self.kept.swap(0, Ordering::SeqCst);
        // Who leaves the driver after this sees that nobody looks, and wakes one.
        is_attended() || !self.begin()
    }
}
