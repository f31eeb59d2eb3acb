//! Time: sleeping, deadlines and intervals.
//!
//! `wheel` holds deadlines in order, `timers` those of a runtime; its driver waits for the first. A timer is never early; it is late by the
//! time that the tasks before it take and that the system needs to wake a thread, some 50 microseconds on Linux.
//!
//! The clock of a runtime can be [paused](pause()): then it goes on by itself to the next timer when nothing else can happen,
//! and a test of an hour takes no time.

pub(crate) mod clock;
pub(crate) mod deadline;
mod instant;
mod interval;
mod paused;
mod sleep;
mod timeout;
pub(crate) mod timers;
mod wheel;

pub use self::deadline::deadline;
pub use self::instant::Instant;
pub use self::interval::{Interval, MissedTick, interval, interval_at};
pub use self::paused::{advance, pause, resume};
pub use self::sleep::{Sleep, sleep, sleep_until};
pub use self::timeout::{Elapsed, Timeout, timeout, timeout_at};
pub use std::time::Duration;
