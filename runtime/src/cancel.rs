//! Cancellation that cleans up: what there is to know about it from outside of a coroutine.

pub(crate) mod counters {
    //! What clean-up came to in this process.

    use std::sync::atomic::{AtomicU64, Ordering};

    static SKIPPED: AtomicU64 = AtomicU64::new(0);
    static ABANDONED: AtomicU64 = AtomicU64::new(0);
    static PANICKED: AtomicU64 = AtomicU64::new(0);

    pub(crate) fn skipped() {
        SKIPPED.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn abandoned() {
        ABANDONED.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn panicked() {
        PANICKED.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn all() -> super::CleanUps {
        super::CleanUps {
            skipped: SKIPPED.load(Ordering::Relaxed),
            abandoned: ABANDONED.load(Ordering::Relaxed),
            panicked: PANICKED.load(Ordering::Relaxed),
        }
    }
}

/// How often clean-up did not run to its end, since the process began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CleanUps {
    /// `defer!` and `on_cancel!` blocks that await something and were not begun, as their machine was dropped rather than
    /// cancelled.
    pub skipped: u64,
    /// Those that were begun and then dropped where they stood.
    pub abandoned: u64,
    /// Panics on the way out by cancellation: in clean-up, in a child that was being cancelled, in a drop.
    pub panicked: u64,
}

/// Tells how often clean-up did not run to its end, in all threads of the process.
#[must_use]
pub fn clean_ups() -> CleanUps {
    counters::all()
}
