//! A callback API as a suspension.

use crate::sync::oneshot;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// What resumes the one that suspended: call it with the value, from any thread.
pub type Resume<T> = Box<dyn FnOnce(T) + Send>;

/// Suspends until a callback is called: `register` is given what to call back, and awaiting the result gives
/// what it was called with.
///
/// So any API that takes a callback becomes one that is awaited. `register` runs at the first poll; it may call
/// back at once.
///
/// ```
/// use std::thread;
///
/// /// Somebody's API: adds, and calls back from a thread of its own.
/// fn add_then(a: u32, b: u32, done: impl FnOnce(u32) + Send + 'static) {
///     thread::spawn(move || done(a + b));
/// }
///
/// #[costate::coroutine]
/// fn sum() -> u32 {
///     costate::callback(|resume| add_then(1, 2, resume)).await
/// }
///
/// assert_eq!(costate::block_on(sum()), 3);
/// ```
///
/// # Panics
///
/// Awaiting it panics if `register` does, and if the callback is dropped without being called: nothing would resume it.
///
/// # Cancel safety
///
/// It may be dropped at any time. A callback that comes later finds nobody, and its value is dropped.
pub fn callback<T, R>(register: R) -> Callback<T, R>
where
    T: Send + 'static,
    R: FnOnce(Resume<T>),
{
    Callback(Stage::New(register))
}

/// The future of [`callback`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Callback<T, R>(Stage<T, R>);

enum Stage<T, R> {
    New(R),
    Waiting(oneshot::Receiver<T>),
    Ended,
}

impl<T, R> Unpin for Callback<T, R> {}

impl<T, R> Future for Callback<T, R>
where
    T: Send + 'static,
    R: FnOnce(Resume<T>),
{
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        if let Stage::New(_) = self.0 {
            let (sender, receiver) = oneshot::channel();
            let resume = Box::new(move |value| {
                // That nobody waits any more is no fault of the caller.
                drop(sender.send(value));
            });
            if let Stage::New(register) = std::mem::replace(&mut self.0, Stage::Waiting(receiver)) {
                register(resume);
            }
        }
        let Stage::Waiting(receiver) = &mut self.0 else {
            panic!("a callback was awaited after it was called");
        };
        let called = ready!(Pin::new(receiver).poll(cx));
        self.0 = Stage::Ended;
        match called {
            Ok(value) => Poll::Ready(value),
            Err(_) => panic!("a callback was dropped without being called"),
        }
    }
}

impl<T, R> fmt::Debug for Callback<T, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback").finish_non_exhaustive()
    }
}
