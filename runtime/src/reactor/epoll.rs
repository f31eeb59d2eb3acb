//! Events on Linux: the epoll descriptor that `polling` made, used directly.
//!
//! `Poller::wait` makes five system calls where one will do, and its edge mode has no RDHUP, without which "a short
//! read means drained" would lose the end of a stream. So registrations and waits go to the poller's
//! descriptor, and an eventfd of our own interrupts.

use super::{Heard, Ready};
use polling::Poller;
use rustix::buffer::spare_capacity;
use rustix::event::{EventfdFlags, PollFd, PollFlags, Timespec, epoll, eventfd, poll};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

/// The eventfd's. No source has it: their generations use one bit less than there is.
const INTERRUPT: u64 = u64::MAX - 1;
/// How many events are fetched at once.
const BATCH: usize = 1024;
/// What epoll can count.
const SHORTEST: Duration = Duration::from_millis(1);
/// Longer waits are cut: the caller comes back.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// What can be registered.
pub trait Pollable: AsFd {}
impl<T: AsFd> Pollable for T {}

pub(super) struct Selector {
    poller: Poller,
    interrupt: OwnedFd,
}

pub(crate) struct Events(Vec<epoll::Event>);

// SAFETY: what the events carry are our keys. (The type could carry pointers.)
unsafe impl Send for Events {}

impl Default for Events {
    fn default() -> Self {
        Events(Vec::with_capacity(BATCH))
    }
}

impl Selector {
    /// Whether an event ends the interest in more: never with edges.
    pub(super) const REARMS: bool = false;

    pub(super) fn new() -> io::Result<Self> {
        let poller = Poller::new()?;
        let interrupt = eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)?;
        // Each write is an edge, so nobody needs to read.
        let flags = epoll::EventFlags::IN | epoll::EventFlags::ET;
        epoll::add(
            &poller,
            &interrupt,
            epoll::EventData::new_u64(INTERRUPT),
            flags,
        )?;
        Ok(Selector { poller, interrupt })
    }

    pub(super) fn add(&self, io: &impl Pollable, key: usize) -> io::Result<()> {
        use epoll::EventFlags as Flags;
        let flags = Flags::IN | Flags::PRI | Flags::OUT | Flags::RDHUP | Flags::ET;
        epoll::add(
            &self.poller,
            io,
            epoll::EventData::new_u64(key as u64),
            flags,
        )?;
        Ok(())
    }

    pub(super) fn remove(&self, io: &impl Pollable) -> io::Result<()> {
        epoll::delete(&self.poller, io)?;
        Ok(())
    }

    #[allow(clippy::unused_self, reason = "the portable selector needs it")]
    pub(super) fn rearm(&self, _: &impl Pollable, _: usize, _: Ready) -> io::Result<()> {
        Ok(())
    }

    /// It may be over a little before `timeout`: epoll counts in milliseconds, and what is less is a wait of its own, if
    /// the caller comes back for it.
    pub(super) fn wait(&self, timeout: Option<Duration>, events: &mut Events) -> io::Result<Heard> {
        events.0.clear();
        let timeout = match timeout {
            Some(rest) if !rest.is_zero() && rest < SHORTEST => {
                let mut poller = [PollFd::new(&self.poller, PollFlags::IN)];
                if poll(&mut poller, Some(&timespec(rest)))? == 0 {
                    return Ok(Heard::Nothing);
                }
                Some(timespec(Duration::ZERO))
            }
            Some(whole) => {
                let nanoseconds = whole.subsec_nanos() % 1_000_000;
                let whole = whole.min(LONGEST);
                Some(timespec(
                    whole.saturating_sub(Duration::from_nanos(nanoseconds.into())),
                ))
            }
            None => None,
        };
        let room = spare_capacity(&mut events.0);
        epoll::wait(&self.poller, room, timeout.as_ref())
            .map(Heard::of)
            .map_err(io::Error::from)
    }

    pub(super) fn interrupt(&self) {
        // It fails only when 2^64 interrupts are pending, and then one more changes nothing.
        let _ = rustix::io::write(&self.interrupt, &1u64.to_ne_bytes());
    }
}

fn timespec(time: Duration) -> Timespec {
    Timespec {
        tv_sec: time.as_secs().cast_signed(),
        tv_nsec: time.subsec_nanos().into(),
    }
}

/// The keys of what is ready, and how.
pub(super) fn iter(events: &Events) -> impl Iterator<Item = (usize, Ready)> {
    let events = events
        .0
        .iter()
        .filter(|event| event.data.u64() != INTERRUPT);
    events.map(|event| {
        (
            usize::try_from(event.data.u64()).unwrap_or(usize::MAX),
            ready(event.flags),
        )
    })
}

fn ready(flags: epoll::EventFlags) -> Ready {
    use epoll::EventFlags as Flags;
    let mut ready = Ready::NONE;
    // HUP and ERR end every wait: the call that was waited for says what happened.
    if flags.intersects(Flags::IN | Flags::PRI | Flags::RDHUP | Flags::HUP | Flags::ERR) {
        ready = ready | Ready::READ;
    }
    if flags.intersects(Flags::RDHUP | Flags::HUP) {
        ready = ready | Ready::READ_CLOSED;
    }
    if flags.intersects(Flags::OUT | Flags::HUP | Flags::ERR) {
        ready = ready | Ready::WRITE;
    }
    ready
}
