//! The reactor: sockets wake their tasks when they are ready.
//!
//! Input: sources, each registered once, edge-triggered, for both directions. Output: readiness bits in each source's
//! word, and the wakers that wait for them. Invariant: wakers are collected under the lock and woken by the caller,
//! outside of it; an event for a source that is gone finds nobody, for keys are an index and a generation.
//! Absent on purpose: tasks and timers.

use crate::shim::threads::{AtomicUsize, Mutex, MutexGuard, Ordering};
use slab::Slab;
use std::io;
use std::sync::{Arc, PoisonError};
use std::task::Waker;
use std::time::Duration;

pub(crate) mod source;

#[cfg(all(test, shuttle))]
#[path = "simulated.rs"]
mod selector;
#[cfg(not(all(test, shuttle)))]
#[cfg(all(any(target_os = "linux", target_os = "android"), not(costate_portable)))]
#[path = "epoll.rs"]
mod selector;
#[cfg(not(all(test, shuttle)))]
#[cfg(not(all(any(target_os = "linux", target_os = "android"), not(costate_portable))))]
#[path = "portable.rs"]
mod selector;

pub(crate) use self::selector::Events;
pub use self::selector::Pollable;
pub(crate) use self::source::{Direction, Ready, Source};

use self::selector::Selector;

pub(crate) const FORKED: &str =
    "the runtime was made before this process was forked: make one in the child";

/// Half of a key is the index, half the generation.
const HALF: u32 = usize::BITS / 2;
const INDEX: usize = (1 << HALF) - 1;

pub(crate) struct Reactor {
    selector: Selector,
    sources: Mutex<Sources>,
    /// How many sources there are, to be read without the lock.
    count: AtomicUsize,
    /// The process that made it. A child that was forked has the same descriptors, and what it removed would be removed.
    process: u32,
}

/// What came of a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// It was over before anything happened.
    Nothing,
    /// Events, an interrupt or a signal. There may be more.
    Something,
}

impl Heard {
    fn of(events: usize) -> Self {
        match events {
            0 => Heard::Nothing,
            _ => Heard::Something,
        }
    }
}

#[derive(Default)]
struct Sources {
    slab: Slab<Arc<Source>>,
    generation: usize,
}

impl Reactor {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Reactor {
            selector: Selector::new()?,
            sources: Mutex::default(),
            count: AtomicUsize::new(0),
            process: std::process::id(),
        })
    }

    /// Whether this is a child of the process that made it.
    pub(crate) fn is_forked(&self) -> bool {
        self.process != std::process::id()
    }

    /// Registers `io`, which is taken to be `ready` until a call says that it would block.
    ///
    /// # Errors
    ///
    /// What the system says, for instance that the user has too many watches; and in a forked child.
    pub(crate) fn register(&self, io: &impl Pollable, ready: Ready) -> io::Result<Arc<Source>> {
        if self.is_forked() {
            return Err(io::Error::other(FORKED));
        }
        let mut sources = self.lock();
        sources.generation = (sources.generation + 1) & (INDEX >> 1);
        let generation = sources.generation;
        let entry = sources.slab.vacant_entry();
        if entry.key() > INDEX {
            return Err(io::Error::other(
                "there are too many sockets for one runtime",
            ));
        }
        let source = Arc::new(Source::new(entry.key() | generation << HALF, ready));
        // Under the lock, so that an event finds the entry.
        self.selector.add(io, source.key())?;
        entry.insert(Arc::clone(&source));
        self.count.store(sources.slab.len(), Ordering::Relaxed);
        Ok(source)
    }

    /// Forgets `io`, before it is closed. An event that is under way finds nobody.
    pub(crate) fn deregister(&self, io: &impl Pollable, source: &Source) {
        if !self.is_forked() {
            // It fails only for a descriptor that somebody else has closed, which is forgotten already.
            let _ = self.selector.remove(io);
        }
        let mut sources = self.lock();
        if sources.find(source.key()).is_some() {
            let gone = sources.slab.remove(source.key() & INDEX);
            self.count.store(sources.slab.len(), Ordering::Relaxed);
            drop(sources);
            drop(gone);
        }
    }

    /// Sees to it that what is waited for is reported, where a report ends the interest.
    pub(crate) fn rearm(&self, io: &impl Pollable, source: &Source) -> io::Result<()> {
        if Selector::REARMS {
            self.selector.rearm(io, source.key(), source.interest())?;
        }
        Ok(())
    }

    pub(crate) fn has_sources(&self) -> bool {
        self.count.load(Ordering::Relaxed) > 0
    }

    /// Waits for events, notes them, and adds the wakers of those who waited for them to `wakers`.
    pub(crate) fn wait(
        &self,
        timeout: Option<Duration>,
        events: &mut Events,
        wakers: &mut Vec<Waker>,
    ) -> io::Result<Heard> {
        match self.selector.wait(timeout, events) {
            Ok(Heard::Nothing) => return Ok(Heard::Nothing),
            Ok(Heard::Something) => {}
            // A signal. The caller looks into its queues and comes back.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {
                return Ok(Heard::Something);
            }
            Err(error) => return Err(error),
        }
        let sources = self.lock();
        for (key, ready) in selector::iter(events) {
            if let Some(source) = sources.find(key) {
                source.notify(ready, wakers);
            }
        }
        Ok(Heard::Something)
    }

    /// Ends the wait of another thread, or its next one.
    pub(crate) fn interrupt(&self) {
        self.selector.interrupt();
    }

    /// In a simulation: this has happened.
    #[cfg(all(test, shuttle))]
    pub(crate) fn report(&self, source: &Source, ready: Ready) {
        self.selector.report(source.key(), ready);
    }

    /// No events will come any more: whoever waits gets an error.
    pub(crate) fn shutdown(&self) {
        let mut wakers = Vec::new();
        for (_, source) in &self.lock().slab {
            source.notify(Ready::SHUTDOWN, &mut wakers);
        }
        for waker in wakers {
            crate::task::contain(|| waker.wake());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Sources> {
        self.sources.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sources {
    fn find(&self, key: usize) -> Option<&Arc<Source>> {
        let source = self.slab.get(key & INDEX)?;
        (source.key() == key).then_some(source)
    }
}
