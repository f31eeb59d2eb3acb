//! Events on other systems than Linux: `polling` as it is.
//!
//! Edge-triggered where the system can be; else an event ends the interest, which is renewed when
//! somebody waits again. Nothing here reports the end of a stream apart, so reads go on until
//! they would block.

use super::{Heard, Ready};
use polling::{AsSource, Event, PollMode, Poller};
use std::io;
use std::time::Duration;

/// What can be registered.
pub trait Pollable: AsSource {
    /// What the poller wants to have on registration.
    fn raw(&self) -> Raw;
}

#[cfg(unix)]
type Raw = std::os::fd::RawFd;
#[cfg(windows)]
type Raw = std::os::windows::io::RawSocket;

#[cfg(unix)]
impl<T: AsSource + std::os::fd::AsRawFd> Pollable for T {
    fn raw(&self) -> Raw {
        self.as_raw_fd()
    }
}

#[cfg(windows)]
impl<T: AsSource + std::os::windows::io::AsRawSocket> Pollable for T {
    fn raw(&self) -> Raw {
        self.as_raw_socket()
    }
}

pub(super) struct Selector {
    poller: Poller,
}

#[derive(Default)]
pub(crate) struct Events(polling::Events);

impl Selector {
    /// Whether an event may end the interest in more.
    pub(super) const REARMS: bool = true;

    pub(super) fn new() -> io::Result<Self> {
        Ok(Selector {
            poller: Poller::new()?,
        })
    }

    pub(super) fn add(&self, io: &impl Pollable, key: usize) -> io::Result<()> {
        let (event, mode) = if self.poller.supports_edge() {
            (Event::all(key), PollMode::Edge)
        } else {
            (Event::none(key), PollMode::Oneshot)
        };
        // SAFETY: whoever registers a source deregisters it before closing it.
        unsafe { self.poller.add_with_mode(io.raw(), event, mode) }
    }

    pub(super) fn remove(&self, io: &impl Pollable) -> io::Result<()> {
        self.poller.delete(io)
    }

    pub(super) fn rearm(&self, io: &impl Pollable, key: usize, interest: Ready) -> io::Result<()> {
        if self.poller.supports_edge() {
            return Ok(());
        }
        let read = interest.contains(Ready::READ);
        let event = Event::new(key, read, interest.contains(Ready::WRITE));
        self.poller.modify_with_mode(io, event, PollMode::Oneshot)
    }

    pub(super) fn wait(&self, timeout: Option<Duration>, events: &mut Events) -> io::Result<Heard> {
        events.0.clear();
        // An interrupt is no event of `polling`'s; who interrupts has something else to look at.
        self.poller.wait(&mut events.0, timeout).map(Heard::of)
    }

    pub(super) fn interrupt(&self) {
        // Without the notification a wake from another thread would be lost.
        self.poller
            .notify()
            .expect("the poller's own descriptors stay open as long as it lives");
    }
}

/// The keys of what is ready, and how.
pub(super) fn iter(events: &Events) -> impl Iterator<Item = (usize, Ready)> {
    events.0.iter().map(|event| {
        let read = if event.readable {
            Ready::READ
        } else {
            Ready::NONE
        };
        let write = if event.writable {
            Ready::WRITE
        } else {
            Ready::NONE
        };
        (event.key, read | write)
    })
}
