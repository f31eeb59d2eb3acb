//! One value, from one task to another, once.
//!
//! ```
//! use costate::sync::oneshot;
//!
//! #[costate::coroutine]
//! fn example() -> u32 {
//!     let (sender, receiver) = oneshot::channel();
//!     sender.send(42).unwrap();
//!     let answer = receiver.await;
//!     answer.unwrap()
//! }
//!
//! assert_eq!(costate::block_on(example()), 42);
//! ```

use super::waiting::poll_or_leave;
use crate::shim::{Mutex, MutexGuard};
use std::error::Error;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Waker};

/// A channel for one value.
pub fn channel<T>() -> (Sender<T>, Receiver<T>) {
    let shared = Arc::new(Shared(Mutex::new(State {
        value: None,
        open: true,
        receiver: None,
        sender: None,
    })));
    (Sender(Arc::clone(&shared)), Receiver(shared))
}

struct Shared<T>(Mutex<State<T>>);

struct State<T> {
    value: Option<T>,
    /// Whether both ends are there, and nothing was sent.
    open: bool,
    /// Who waits for the value.
    receiver: Option<Waker>,
    /// Who waits for the receiver to go.
    sender: Option<Waker>,
}

impl<T> Shared<T> {
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves the waker where `place` says, unless `ready` gives something.
    fn poll<R>(
        &self,
        cx: &Context<'_>,
        ready: impl Fn(&mut State<T>) -> Option<R>,
        place: impl Fn(&mut State<T>) -> &mut Option<Waker>,
    ) -> Poll<R> {
        // Who waited there is dropped without the lock.
        let ready = |state: &mut State<T>| Some((ready(state)?, place(state).take()));
        poll_or_leave(cx, || self.lock(), ready, &place).map(|(ready, _)| ready)
    }
}

/// The sending end. Dropping it closes the channel.
pub struct Sender<T>(Arc<Shared<T>>);

/// The receiving end: a future of the value. Dropping it closes the channel.
///
/// # Cancel safety
///
/// It may be polled and left as often as one likes; the value stays until it is taken or the receiver dropped.
#[must_use = "dropping the receiver closes the channel"]
pub struct Receiver<T>(Arc<Shared<T>>);

impl<T> Sender<T> {
    /// Sends the value.
    ///
    /// # Errors
    ///
    /// Gives it back if the receiver is gone or has [closed](Receiver::close) the channel.
    pub fn send(self, value: T) -> Result<(), T> {
        let mut state = self.0.lock();
        if !state.open {
            drop(state);
            return Err(value);
        }
        state.value = Some(value);
        drop(state);
        // The drop closes the channel and wakes the receiver.
        Ok(())
    }

    /// Whether the receiver is gone or has closed the channel.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        !self.0.lock().open
    }

    /// Waits until the receiver is gone or has closed the channel.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time.
    pub fn closed(&mut self) -> impl Future<Output = ()> + use<'_, T> {
        poll_fn(|cx| {
            let ready = |state: &mut State<T>| (!state.open).then_some(());
            self.0.poll(cx, ready, |state| &mut state.sender)
        })
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.open = false;
        let (receiver, sender) = (state.receiver.take(), state.sender.take());
        drop(state);
        drop(sender);
        if let Some(receiver) = receiver {
            receiver.wake();
        }
    }
}

impl<T> Receiver<T> {
    /// Takes the value if it is there.
    ///
    /// # Errors
    ///
    /// [`TryRecvError::Empty`] if it may still come, else [`TryRecvError::Closed`].
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        let mut state = self.0.lock();
        match state.value.take() {
            Some(value) => Ok(value),
            None if state.open => Err(TryRecvError::Empty),
            None => Err(TryRecvError::Closed),
        }
    }

    /// Closes the channel: nothing is sent any more. What was sent before can still be received.
    pub fn close(&mut self) {
        let mut state = self.0.lock();
        state.open = false;
        let (receiver, sender) = (state.receiver.take(), state.sender.take());
        drop(state);
        for waker in [receiver, sender].into_iter().flatten() {
            waker.wake();
        }
    }
}

impl<T> Future for Receiver<T> {
    type Output = Result<T, RecvError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let ready = |state: &mut State<T>| match state.value.take() {
            Some(value) => Some(Ok(value)),
            None if state.open => None,
            None => Some(Err(RecvError(()))),
        };
        self.0.poll(cx, ready, |state| &mut state.receiver)
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.close();
        let value = self.0.lock().value.take();
        // Dropped without the lock.
        drop(value);
    }
}

impl<T> fmt::Debug for Sender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

/// The sender was dropped and sent nothing, or the value was taken before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecvError(());

impl fmt::Display for RecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the channel is closed and nothing was sent")
    }
}

impl Error for RecvError {}

/// Why [`Receiver::try_recv`] gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryRecvError {
    /// Nothing was sent yet.
    Empty,
    /// Nothing will be sent, or it was taken before.
    Closed,
}

impl fmt::Display for TryRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryRecvError::Empty => "nothing was sent yet",
            TryRecvError::Closed => "the channel is closed",
        })
    }
}

impl Error for TryRecvError {}
