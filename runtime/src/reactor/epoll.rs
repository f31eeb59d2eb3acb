//! Events on Linux: the epoll descriptor that `polling` made, used directly.
//!
//! `Poller::wait` makes five system calls where one will do, and its edge mode has no RDHUP, without which "a short
//! read means drained" would lose the end of a stream. So registrations and waits go to the poller's
//! descriptor, and an eventfd of our own interrupts. The system may end a wait for its time some 50 us late, to save power; so a
//! wait of less than two milliseconds ends by a timerfd, which is punctual.

use super::{Heard, Ready};
use polling::Poller;
use rustix::buffer::spare_capacity;
use rustix::event::{EventfdFlags, Timespec, epoll, eventfd};
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, timerfd_create, timerfd_settime,
};
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::time::Duration;

/// The eventfd's, and the timerfd's. No source has it: their generations use one bit less than there is.
const OWN: u64 = u64::MAX - 1;
/// How many events are fetched at once.
const BATCH: usize = 1024;
/// Shorter waits are the timerfd's: it counts in nanoseconds, epoll in milliseconds.
const SHORT: Duration = Duration::from_millis(2);
/// By so much less epoll waits, as it may be late.
const EARLY: Duration = Duration::from_millis(1);
/// Longer waits are cut: the caller comes back.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// What can be registered.
pub trait Pollable: AsFd {}
impl<T: AsFd> Pollable for T {}

pub(super) struct Selector {
    poller: Poller,
    interrupt: OwnedFd,
    timer: OwnedFd,
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
        let flags = TimerfdFlags::CLOEXEC | TimerfdFlags::NONBLOCK;
        let timer = timerfd_create(TimerfdClockId::Monotonic, flags)?;
        // Each write, and each end of a time, is an edge, so nobody needs to read.
        let flags = epoll::EventFlags::IN | epoll::EventFlags::ET;
        for own in [&interrupt, &timer] {
            epoll::add(&poller, own, epoll::EventData::new_u64(OWN), flags)?;
        }
        Ok(Selector {
            poller,
            interrupt,
            timer,
        })
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

    /// A long wait is over a little before `timeout`: what is left is a wait of its own, if the caller comes back for it.
    pub(super) fn wait(&self, timeout: Option<Duration>, events: &mut Events) -> io::Result<Heard> {
        events.0.clear();
        let timeout = match timeout {
            Some(rest) if !rest.is_zero() && rest < SHORT => {
                self.set_timer(rest)?;
                None
            }
            Some(whole) => {
                let whole = whole.saturating_sub(EARLY).min(LONGEST);
                let nanoseconds = whole.subsec_nanos() % 1_000_000;
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

    /// The timer ends after so long; never at the time that it was set to before.
    fn set_timer(&self, rest: Duration) -> io::Result<()> {
        let once = Itimerspec {
            it_interval: timespec(Duration::ZERO),
            it_value: timespec(rest),
        };
        timerfd_settime(&self.timer, TimerfdTimerFlags::empty(), &once)?;
        Ok(())
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
    let events = events.0.iter().filter(|event| event.data.u64() != OWN);
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
