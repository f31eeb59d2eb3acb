//! The scheduler: what starts a runtime and what starts tasks on it.
//!
//! Of the six pieces this is the third easy one. [`worker`] runs tasks on a thread; [`stealing`] does so beside others, with what they
//! share in [`many`] and [`idle`]. [`inject`] is where other threads put tasks, [`parker`] how a thread sleeps and is woken,
//! [`asleep`] whether all do, [`context`] how code finds its runtime. [`pool`] has the threads that may block. [`shared`] puts a runtime
//! together; [`runtime`] and [`handle`] are what users hold of it,
//! [`entry`] makes one for a single future.

use crate::driver::Driver;
use crate::task::Task;
use crate::time::Instant;
use crate::time::clock::Clock;
use crate::time::timers::Timer;
use std::future::Future;
use std::sync::Arc;
use std::task::Waker;
use std::time::Duration;

pub(crate) mod asleep;
pub(crate) mod context;
mod count;
mod entry;
mod handle;
mod idle;
mod inject;
mod local;
#[cfg(all(test, loom))]
mod loom_tests;
mod many;
mod owned;
pub(crate) mod parker;
pub(crate) mod pool;
#[cfg(all(test, shuttle))]
mod random_tests;
mod runtime;
pub(crate) mod shared;
mod stealing;
mod watch;
mod worker;

pub use self::entry::{block_on_paused, block_on_threads, block_on_threads_paused};
pub use self::handle::{Enter, Handle};
pub use self::runtime::{Builder, Runtime};

pub(crate) const NO_RUNTIME: &str =
    "there is no costate runtime on this thread: call it inside of costate::block_on";

/// How long the clean-up of what was cancelled at the end may take.
const GRACE: Duration = Duration::from_secs(5);

/// How long clean-up may take when nobody says otherwise.
const CLEAN_UP: Duration = Duration::from_secs(30);

/// Runs `future` on this thread, and all that it spawns, until `future` is ready.
///
/// It makes a runtime without other threads, of which this thread becomes the worker. When `future` is ready it is dropped, and
/// the tasks that are left are cancelled; `block_on` returns when they have cleaned up, but after five seconds it drops
/// them where they stand. To use several threads, or to keep tasks beyond one call, make a [`Runtime`].
///
/// ```
/// let answer = costate::block_on(std::future::ready(42));
/// assert_eq!(answer, 42);
/// ```
///
/// # Panics
///
/// If this thread runs a runtime already; if the system has no descriptors left for another one; and if
/// `future` panics, after the tasks were cancelled.
pub fn block_on<F: Future>(future: F) -> F::Output {
    entry::run_alone(future)
}

/// Starts `future` as a task of the current runtime, and returns its handle. Dropping the handle
/// cancels the task.
///
/// The task is run for the first time when the current one is suspended, or before that by another of the runtime's threads.
/// While the runtime ends the new task is cancelled at once.
///
/// ```
/// # #[costate::coroutine]
/// # fn example() {
/// let task = costate::spawn(std::future::ready("hello"));
/// let word = task.await;
/// assert_eq!(word, "hello");
/// # }
/// # costate::block_on(example());
/// ```
///
/// # Panics
///
/// If there is no runtime on this thread.
pub fn spawn<F>(future: F) -> Task<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    let shared = context::with(|context| context.map(|context| Arc::clone(&context.shared)));
    shared.expect(NO_RUNTIME).spawn(future)
}

/// As [`spawn`](spawn()), for a future that can't move between threads: it is run and dropped on this one.
///
/// It runs as long as this thread runs tasks: a worker's to the end of the runtime, the thread's that called
/// [`block_on`](Runtime::block_on) to the end of that call.
///
/// ```
/// # #[costate::coroutine]
/// # fn example() {
/// use std::{cell::Cell, rc::Rc};
///
/// let count = Rc::new(Cell::new(0));
/// let counted = Rc::clone(&count);
/// let task = costate::spawn_local(std::future::poll_fn(move |_| {
///     counted.set(counted.get() + 1);
///     std::task::Poll::Ready(())
/// }));
/// task.await;
/// assert_eq!(count.get(), 1);
/// # }
/// # costate::block_on(example());
/// ```
///
/// # Panics
///
/// If this thread runs no tasks.
pub fn spawn_local<F>(future: F) -> Task<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    let worker = context::worker().expect(NO_RUNTIME);
    worker.spawn_local(future)
}

/// Runs `code`, which may block, on a thread of the current runtime that is kept for that, and gives its result.
///
/// There are up to 512 such threads ([`Builder::max_blocking_threads`]), started when they are needed; closures that find none
/// wait for one.
///
/// ```
/// # #[costate::coroutine]
/// # fn example() {
/// let read = costate::spawn_blocking(|| std::fs::read_to_string("Cargo.toml"));
/// let text = read.await;
/// assert!(text.is_ok());
/// # }
/// # costate::block_on(example());
/// ```
///
/// # Panics
///
/// If there is no runtime on this thread. Awaiting the result rethrows a panic of `code`.
///
/// # Cancel safety
///
/// Dropping or cancelling the [`Task`] drops `code` if it hasn't begun. If it has, it runs to its end, and its result is dropped;
/// [`cancel_and_join`](Task::cancel_and_join) gives it.
pub fn spawn_blocking<F, T>(code: F) -> Task<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let context = context::current().expect(NO_RUNTIME);
    context.shared.spawn_blocking(code)
}

/// Wakes `waker` once the sockets and timers that are ready were seen to; at once outside of the runtime.
pub(crate) fn wake_after_io(waker: &Waker) {
    match context::worker() {
        Some(worker) => worker.defer(waker),
        None => waker.wake_by_ref(),
    }
}

/// How long this thread's runtime waits for clean-up.
pub(crate) fn clean_up_limit() -> Option<std::time::Duration> {
    context::with(|context| context.map(|context| context.shared.clean_up))
}

/// The driver of this thread's runtime.
pub(crate) fn driver() -> Option<Arc<Driver>> {
    context::with(|context| context.map(|context| Arc::clone(&context.shared.driver)))
}

/// Asks the clock of this thread's runtime, if it has one.
pub(crate) fn with_clock<R>(ask: fn(&Clock) -> R) -> Option<R> {
    context::with(|context| context.map(|context| ask(&context.shared.driver.clock)))
}

/// Sets a timer of this thread's runtime, if it has one.
pub(crate) fn set_timer(deadline: Instant, waker: Waker) -> Option<Timer> {
    context::with(|context| {
        let context = context?;
        let worker = context.worker.as_ref().and_then(|worker| worker.index());
        Some(context.shared.driver.set_timer(worker, deadline, waker))
    })
}

/// Whether it is a timer of this thread's runtime.
pub(crate) fn has_timer(timer: &Timer) -> bool {
    context::with(|context| context.is_some_and(|context| context.shared.driver.has_timer(timer)))
}
