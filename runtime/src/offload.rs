//! Code that blocks, on a thread of its own.
//!
//! Input: a closure. Output: its result, as a future. Invariant: the closure runs to its end, whether or not anybody waits
//! for it. Non-goal: a pool; what is offloaded now is the look-up of names, which is rare.

use std::any::Any;
use std::future::Future;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::thread;

struct Shared<T> {
    outcome: Option<Result<T, Box<dyn Any + Send>>>,
    waker: Option<Waker>,
}

/// Waits for the closure. Dropping it gives up waiting.
pub(crate) struct Offloaded<T>(Arc<Mutex<Shared<T>>>);

fn lock<T>(shared: &Mutex<Shared<T>>) -> MutexGuard<'_, Shared<T>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `code` on a thread of its own.
///
/// # Errors
///
/// If the system has no room for another thread.
pub(crate) fn offload<T: Send + 'static>(
    code: impl FnOnce() -> T + Send + 'static,
) -> io::Result<Offloaded<T>> {
    let shared = Arc::new(Mutex::new(Shared {
        outcome: None,
        waker: None,
    }));
    let theirs = Arc::clone(&shared);
    thread::Builder::new()
        .name("costate-offload".to_owned())
        .spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(code));
            let mut shared = lock(&theirs);
            shared.outcome = Some(outcome);
            let waker = shared.waker.take();
            drop(shared);
            if let Some(waker) = waker {
                waker.wake();
            }
        })?;
    Ok(Offloaded(shared))
}

impl<T> Future for Offloaded<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let mut shared = lock(&self.0);
        match shared.outcome.take() {
            Some(Ok(value)) => Poll::Ready(value),
            Some(Err(payload)) => resume_unwind(payload),
            None => {
                let old = shared.waker.replace(cx.waker().clone());
                drop(shared);
                drop(old);
                Poll::Pending
            }
        }
    }
}
