//! Puts reactor and timers together: one turn waits for whichever comes first.
//!
//! Input: how long the worker may wait. Output: wakes. Invariant: sockets that are ready go before
//! timers that are due; no lock is held while something is woken. Tasks are unknown here.

use crate::reactor::{self, Reactor};
use crate::scheduler::parker::{Parker, Unpark};
use crate::task::contain;
use crate::time::queue::Timers;
use std::io;
use std::sync::Arc;
use std::task::Waker;
use std::time::{Duration, Instant};

/// What the worker waits on when it has nothing to run.
pub(crate) struct Driver {
    pub(crate) reactor: Arc<Reactor>,
    pub(crate) timers: Timers,
    parker: Parker,
}

/// What one turn needs, kept from turn to turn by the worker.
#[derive(Default)]
pub(crate) struct Buffers {
    events: reactor::Events,
    wakers: Vec<Waker>,
}

/// How long a turn may take.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pause {
    /// No time: there are tasks to run.
    None,
    /// Until something happens, or this moment comes.
    Until(Option<Instant>),
}

impl Driver {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Driver {
            reactor: Arc::new(Reactor::new()?),
            timers: Timers::new(),
            parker: Parker::new(),
        })
    }

    /// Waits, then wakes all that is ready or due. After it the worker looks into its queues.
    pub(crate) fn turn(&self, pause: Pause, buffers: &mut Buffers) {
        let timeout = self.timeout(pause);
        if timeout != Some(Duration::ZERO) || self.reactor.has_sources() {
            let waited = self
                .reactor
                .wait(timeout, &mut buffers.events, &mut buffers.wakers);
            waited.expect("the reactor's own descriptors stay open as long as it lives");
        }
        self.parker.awake();
        self.timers.expire(&mut buffers.wakers);
        for waker in buffers.wakers.drain(..) {
            contain(|| waker.wake());
        }
    }

    fn timeout(&self, pause: Pause) -> Option<Duration> {
        let limit = match pause {
            Pause::Until(limit) if self.parker.park() => limit,
            _ => return Some(Duration::ZERO),
        };
        // After `park`: a timer that another thread sets from now on interrupts the wait.
        let next = [limit, self.timers.next_deadline()]
            .into_iter()
            .flatten()
            .min();
        next.map(|next| next.saturating_duration_since(Instant::now()))
    }

    /// Called by any thread that has put something in one of the worker's queues.
    pub(crate) fn unpark(&self) {
        if self.parker.unpark() == Unpark::Interrupt {
            self.reactor.interrupt();
        }
    }
}
