//! The scheduler: what starts a runtime and what starts tasks on it.
//!
//! Of the six pieces this is the third easy one. [`worker`] runs tasks, [`inject`] is where other threads put those that they
//! wake, [`parker`] how a worker sleeps and is woken, [`context`] how code finds its worker.

use crate::task::Task;
use std::future::Future;
use std::pin::pin;
use std::task::Waker;

pub(crate) mod context;
mod inject;
#[cfg(all(test, loom))]
mod loom_tests;
pub(crate) mod parker;
pub(crate) mod worker;

use self::worker::{Running, Worker};

pub(crate) const NO_RUNTIME: &str =
    "there is no costate runtime on this thread: call it inside of costate::block_on";

/// Runs `future` on this thread, and all that it spawns, until `future` is ready.
///
/// The thread becomes the runtime's worker. When `future` is ready it is dropped, and the tasks that are left
/// are cancelled; `block_on` returns when they have cleaned up, but after five seconds it drops them where
/// they stand.
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
    let worker = match Worker::new() {
        Ok(worker) => worker,
        Err(error) => panic!("can't start a runtime: {error}"),
    };
    let running = Running::enter(worker);
    let future = pin!(future);
    running.0.run(future)
}

/// Starts `future` as a task of the current runtime, and returns its handle. Dropping the handle
/// cancels the task.
///
/// The task is run for the first time when the current one is suspended, and after all that were ready before.
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
    spawn_local(future)
}

/// As [`spawn`](spawn()), for a future that can't move between threads: it is run and dropped on this one.
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
/// If there is no runtime on this thread.
pub fn spawn_local<F>(future: F) -> Task<F::Output>
where
    F: Future + 'static,
    F::Output: 'static,
{
    let worker = context::current().expect(NO_RUNTIME);
    worker.spawn(future)
}

/// Wakes `waker` once the sockets and timers that are ready were seen to; at once outside of the runtime.
pub(crate) fn wake_after_io(waker: &Waker) {
    match context::current() {
        Some(worker) => worker.defer(waker),
        None => waker.wake_by_ref(),
    }
}

/// The driver of this thread's runtime.
pub(crate) fn driver() -> Option<std::sync::Arc<crate::driver::Driver>> {
    context::with(|worker| worker.map(|worker| std::sync::Arc::clone(&worker.shared.driver)))
}
