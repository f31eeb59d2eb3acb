//! Time: sleeping, deadlines and intervals.
//!
//! `queue` holds the deadlines of a runtime in order; its driver waits for the first. A timer is never early; it is late by the
//! time that the tasks before it take, and on Linux by up to a millisecond, the resolution of epoll.
//!
//! The clock of a runtime can be [paused](pause()): then it goes on by itself to the next timer when nothing else can happen,
//! and a test of an hour takes no time.

pub(crate) mod clock;
mod instant;
mod interval;
mod paused;
pub(crate) mod queue;
mod sleep;
mod timeout;

pub use self::instant::Instant;
pub use self::interval::{Interval, MissedTick, interval, interval_at};
pub use self::paused::{advance, pause, resume};
pub use self::sleep::{Sleep, sleep, sleep_until};
pub use self::timeout::{Elapsed, Timeout, timeout, timeout_at};
pub use std::time::Duration;
