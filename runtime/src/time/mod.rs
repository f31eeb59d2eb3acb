//! Time: sleeping, deadlines and intervals.
//!
//! `queue` holds the deadlines of a runtime in order; its driver waits for the first. A timer is never early; it is late by the
//! time that the tasks before it take, and on Linux by up to a millisecond, the resolution of epoll.

mod interval;
pub(crate) mod queue;
mod sleep;
mod timeout;

pub use self::interval::{Interval, MissedTick, interval, interval_at};
pub use self::sleep::{Sleep, sleep, sleep_until};
pub use self::timeout::{Elapsed, Timeout, timeout, timeout_at};
pub use std::time::{Duration, Instant};
