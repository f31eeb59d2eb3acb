//! Puts reactor and timers together: one turn waits for whichever comes first.
//!
//! Input: how long the caller may wait. Output: wakers of what is ready or due. Invariant: one thread at a time has the
//! driver; sockets that are ready go before timers that are due; nothing is woken in here. A clock that is paused goes on
//! when all sleep and no socket is ready. Tasks are unknown.

use crate::reactor::{self, Heard, Reactor};
use crate::scheduler::asleep::{Asleep, Jobs};
use crate::scheduler::parker::{Bed, Parker};
use crate::shim::threads::{AtomicBool, AtomicUsize, Mutex, Ordering};
use crate::time::Instant;
use crate::time::clock::{Clock, WrongState};
use crate::time::timers::{self, Timer, Timers};
use std::io;
use std::sync::{Arc, TryLockError};
use std::task::Waker;
use std::time::{self, Duration};

/// What wakes tasks for reasons from outside.
pub(crate) struct Driver {
    pub(crate) reactor: Arc<Reactor>,
    pub(crate) clock: Clock,
    pub(crate) asleep: Asleep,
    timers: Timers,
    /// Whoever holds the lock has the driver.
    events: Mutex<reactor::Events>,
    /// How many turns there were. Written by who has the driver.
    turns: AtomicUsize,
    /// Whether who has it waits, so that it misses nothing.
    waits: AtomicBool,
}

/// How long a turn may take.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pause {
    /// No time: there are tasks to run.
    None,
    /// Until something happens, or this moment comes by the system's clock.
    Until(Option<time::Instant>),
}

/// Whether there was a turn.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Done,
    /// Another thread has the driver.
    Taken,
}

/// What a wait of the reactor needs.
struct Wait<'a> {
    events: &'a mut reactor::Events,
    wakers: &'a mut Vec<Waker>,
}

impl Driver {
    /// For so many workers.
    pub(crate) fn new(workers: usize) -> io::Result<Self> {
        let clock = Clock::default();
        Ok(Driver {
            reactor: Arc::new(Reactor::new()?),
            timers: Timers::new(clock.now(), workers),
            clock,
            asleep: Asleep::default(),
            events: Mutex::default(),
            turns: AtomicUsize::new(0),
            waits: AtomicBool::new(false),
        })
    }

    /// Waits, then adds the wakers of all that is ready or due. After it the caller looks into its queues.
    pub(crate) fn turn(&self, parker: &Parker, pause: Pause, wakers: &mut Vec<Waker>) -> Turn {
        let mut events = match self.events.try_lock() {
            Ok(events) => events,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return Turn::Taken,
        };
        let wait = Wait {
            events: &mut events,
            wakers,
        };
        let turns = self.turns.load(Ordering::Relaxed);
        self.turns.store(turns.wrapping_add(1), Ordering::Relaxed);
        match pause {
            Pause::Until(limit) if parker.park(Bed::Driver) => {
                self.waits.store(true, Ordering::SeqCst);
                if self.clock.is_paused() {
                    self.wait_paused(parker, limit, wait);
                } else {
                    let timeout = self.timeout(limit);
                    self.wait(timeout, wait);
                }
                self.waits.store(false, Ordering::SeqCst);
            }
            _ if self.reactor.has_sources() => _ = self.wait(Some(Duration::ZERO), wait),
            _ => {}
        }
        parker.awake();
        self.expire(wakers);
        Turn::Done
    }

    /// How many turns there were so far.
    pub(crate) fn turns(&self) -> usize {
        self.turns.load(Ordering::Relaxed)
    }

    /// Whether a thread waits for sockets and timers.
    pub(crate) fn is_waiting(&self) -> bool {
        self.waits.load(Ordering::SeqCst)
    }

    fn wait(&self, timeout: Option<Duration>, wait: Wait<'_>) -> Heard {
        let heard = self.reactor.wait(timeout, wait.events, wait.wakers);
        heard.expect("the reactor's own descriptors stay open as long as it lives")
    }

    /// Until `limit`, or the next timer.
    fn timeout(&self, limit: Option<time::Instant>) -> Option<Duration> {
        let limit = limit.map(|limit| limit.saturating_duration_since(time::Instant::now()));
        let timer = self.timers.sleep();
        let timer = timer.map(|timer| timer.saturating_duration_since(self.clock.now()));
        [limit, timer].into_iter().flatten().min()
    }

    /// Waits for what comes from outside; or, if nothing does and all sleep, goes on to the next timer.
    fn wait_paused(&self, parker: &Parker, limit: Option<time::Instant>, mut wait: Wait<'_>) {
        // Any new timer ends the wait.
        self.timers.sleep_endlessly();
        loop {
            // Looked at after each wait, which may have taken the interrupt that came with it.
            if parker.is_notified() || !self.clock.is_paused() {
                return;
            }
            // Who goes to sleep after this interrupts, and so there is another look.
            let Some(at) = self.asleep.all() else {
                break;
            };
            // Sockets go first: nobody who could write to one is awake, so none becomes ready after this.
            if self.wait(Some(Duration::ZERO), wait.reborrow()) == Heard::Nothing {
                let Some(next) = self.timers.first() else {
                    break;
                };
                match self.asleep.if_still(at, || self.clock.go_to(next)) {
                    None => return,
                    Some(Ok(())) => self.timers.expire(next, wait.wakers),
                    // Somebody lets it go on by itself.
                    Some(Err(WrongState)) => {}
                }
            }
            if !wait.wakers.is_empty() {
                return;
            }
        }
        let limit = limit.map(|limit| limit.saturating_duration_since(time::Instant::now()));
        self.wait(limit, wait);
    }

    /// Adds the wakers of the timers that are due.
    fn expire(&self, wakers: &mut Vec<Waker>) {
        self.timers.awake();
        if !self.timers.is_idle() {
            self.timers.expire(self.clock.now(), wakers);
        }
    }

    /// Ends the wait of the thread that has the driver, or the next one's.
    pub(crate) fn interrupt(&self) {
        self.reactor.interrupt();
    }

    /// A thread that doesn't have the driver goes to sleep: it was perhaps the last.
    pub(crate) fn falls_asleep(&self) {
        if self.clock.is_paused() {
            self.interrupt();
        }
    }

    /// A closure on a thread that may block has ended.
    pub(crate) fn end_job(&self) {
        if self.asleep.end_job() == Jobs::None {
            self.falls_asleep();
        }
    }

    pub(crate) fn pause(&self) -> Result<(), WrongState> {
        self.clock.pause()?;
        self.interrupt();
        Ok(())
    }

    pub(crate) fn resume(&self) -> Result<(), WrongState> {
        self.clock.resume()?;
        self.interrupt();
        Ok(())
    }

    /// Advances the clock, and gives the wakers of what is due by then.
    pub(crate) fn advance(&self, duration: Duration) -> Result<Vec<Waker>, WrongState> {
        self.clock.advance(duration)?;
        let mut wakers = Vec::new();
        self.timers.expire(self.clock.now(), &mut wakers);
        Ok(wakers)
    }

    /// Whether it is one of this runtime's timers.
    pub(crate) fn has_timer(&self, timer: &Timer) -> bool {
        self.timers.has(timer)
    }

    /// Sets a timer, for a task that runs on this worker, or elsewhere.
    pub(crate) fn set_timer(
        &self,
        worker: Option<usize>,
        deadline: Instant,
        waker: Waker,
    ) -> Timer {
        let (timer, driver) = self.timers.insert(worker, deadline, waker);
        if driver == timers::Driver::ToInterrupt {
            self.interrupt();
        }
        timer
    }
}

impl Wait<'_> {
    fn reborrow(&mut self) -> Wait<'_> {
        Wait {
            events: self.events,
            wakers: self.wakers,
        }
    }
}
