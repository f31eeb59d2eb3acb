//! What becomes of a child that nobody holds any more.
//!
//! Input: a child that runs. Output: none. Invariant: one that is killed is waited for, by whoever cancels its owner
//! ([`behind`]), or else on a thread in the background; so nothing is left of it.

use super::exit::Running;
use crate::behind::{self, Leaving};
use crate::driver::Driver;
use crate::scheduler::pool::{Limits, Pool};
use crate::scheduler::{self, Handle};
use std::future::poll_fn;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

/// What happens to a child whose handle is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnDrop {
    Kill,
    LetRun,
}

/// Nobody holds it any more.
pub(super) fn leave(mut child: Running, on_drop: OnDrop) {
    if !matches!(child.child.try_wait(), Ok(None)) {
        return;
    }
    match on_drop {
        OnDrop::Kill => behind::leave(Box::new(Dying::new(child))),
        OnDrop::LetRun => let_run(child),
    }
}

/// It is waited for as long as there is a runtime, and nothing depends on that.
fn let_run(mut child: Running) {
    if let Some(runtime) = Handle::try_current() {
        let ended = poll_fn(move |cx| child.poll_wait(cx).map(drop));
        runtime.spawn(ended).detach();
    }
}

/// A child that was killed, and isn't gone.
pub(super) struct Dying {
    /// `None`: it is gone.
    child: Option<Running>,
    hold: Option<Hold>,
}

/// As long as it is there a clock that is paused stays where it is: a killed child needs real time, though little.
pub(super) struct Hold(Arc<Driver>);

impl Hold {
    /// Of this thread's runtime.
    pub(super) fn new() -> Option<Self> {
        let driver = scheduler::driver()?;
        driver.asleep.begin_job();
        Some(Hold(driver))
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        self.0.end_job();
    }
}

impl Dying {
    pub(super) fn new(mut child: Running) -> Self {
        // It fails if it has ended.
        let _ = child.child.kill();
        Dying {
            child: Some(child),
            hold: Hold::new(),
        }
    }
}

impl Leaving for Dying {
    fn poll_gone(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let Some(child) = &mut self.child else {
            return Poll::Ready(());
        };
        match child.poll_wait(cx) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Ok(_)) => self.child = None,
            // Its runtime has ended.
            Poll::Ready(Err(_)) => self.wait_elsewhere(),
        }
        self.hold = None;
        Poll::Ready(())
    }
}

impl Dying {
    fn wait_elsewhere(&mut self) {
        /// Few: what was killed ends soon, or takes very long.
        const LIMITS: Limits = Limits {
            threads: 4,
            keep: Duration::from_secs(1),
        };
        static REAPERS: OnceLock<Arc<Pool>> = OnceLock::new();
        let Some(child) = self.child.take() else {
            return;
        };
        let mut child = child.child;
        let reapers = REAPERS.get_or_init(|| Pool::new(LIMITS, "costate-reaper".to_owned(), None));
        reapers.spawn(move || drop(child.wait())).detach();
    }
}

impl Drop for Dying {
    fn drop(&mut self) {
        self.wait_elsewhere();
    }
}
