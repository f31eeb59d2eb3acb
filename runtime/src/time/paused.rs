//! A clock that stands still, for tests.
//!
//! Input: what a test says. Output: the time of the current runtime. When it goes on by itself is the driver's business.

use super::clock::WrongState;
use crate::driver::Driver;
use crate::scheduler;
use crate::task::{contain, yield_now};
use std::sync::Arc;
use std::time::Duration;

/// Stops the clock of the current runtime.
///
/// From now on [`Instant::now`](super::Instant::now) says the same, until all threads of the runtime have nothing to do, no socket
/// is ready and no [`spawn_blocking`](crate::spawn_blocking) is under way: then it goes on, at once, to
/// the deadline of the next timer. So sleeps, timeouts and intervals end in their order, on any number of threads,
/// and take no time. What other threads will do isn't waited for.
///
/// `#[costate::test(paused)]` and [`Builder::start_paused`](crate::Builder::start_paused) begin like that.
///
/// ```
/// use costate::time::{Duration, Instant, pause, sleep};
///
/// # #[costate::coroutine]
/// # fn example() {
/// pause();
/// let start = Instant::now();
/// sleep(Duration::from_secs(3600)).await;
/// assert_eq!(start.elapsed(), Duration::from_secs(3600));
/// # }
/// # costate::block_on(example());
/// ```
///
/// # Panics
///
/// If it is paused already; and if there is no costate runtime on this thread.
#[track_caller]
pub fn pause() {
    let paused = driver().pause();
    paused.unwrap_or_else(|WrongState| panic!("the clock is paused already"));
}

/// Lets the clock of the current runtime go on by itself, from the time it tells now.
///
/// ```
/// use costate::time::{Duration, Instant, pause, resume, sleep};
///
/// # #[costate::coroutine]
/// # fn example() {
/// let start = Instant::now();
/// pause();
/// sleep(Duration::from_secs(3600)).await;
/// resume();
/// sleep(Duration::from_millis(1)).await;
/// assert!(start.elapsed() > Duration::from_secs(3600));
/// # }
/// # costate::block_on(example());
/// ```
///
/// # Panics
///
/// If it isn't paused; and if there is no costate runtime on this thread.
#[track_caller]
pub fn resume() {
    let resumed = driver().resume();
    resumed.unwrap_or_else(|WrongState| panic!("{NOT_PAUSED}"));
}

/// Sets the clock of the current runtime, which is [paused](pause()), on by `duration`, and wakes what is due by then.
///
/// It is one step: a task that was woken sees the time after it. It returns when those that were woken on this thread have had
/// their turn.
///
/// ```
/// use costate::time::{Duration, Instant, advance, pause, sleep};
///
/// # #[costate::coroutine]
/// # fn example() {
/// pause();
/// let start = Instant::now();
/// let task = costate::spawn(sleep(Duration::from_secs(2)));
/// costate::task::yield_now().await;
/// advance(Duration::from_secs(1)).await;
/// assert!(!task.is_finished());
/// advance(Duration::from_secs(1)).await;
/// assert!(task.is_finished());
/// assert_eq!(start.elapsed(), Duration::from_secs(2));
/// # }
/// # costate::block_on(example());
/// ```
///
/// # Panics
///
/// When it is awaited: if the clock isn't paused, or can't tell that time; and if there is no costate runtime on this thread.
///
/// # Cancel safety
///
/// The clock is set by the first poll. Dropping the future after that changes nothing.
#[costate::coroutine]
pub fn advance(duration: Duration) {
    let wakers = driver().advance(duration);
    for waker in wakers.unwrap_or_else(|WrongState| panic!("{NOT_PAUSED}")) {
        contain(|| waker.wake());
    }
    yield_now().await;
}

const NOT_PAUSED: &str = "the clock is not paused: begin with `costate::time::pause()`";

#[track_caller]
fn driver() -> Arc<Driver> {
    scheduler::driver().expect(scheduler::NO_RUNTIME)
}
