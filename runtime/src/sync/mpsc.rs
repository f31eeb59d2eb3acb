//! Many values, from any number of senders to one receiver.
//!
//! [`channel`] has room for a fixed number, and who sends more waits; [`unbounded_channel`] has room for all. Values come in the order
//! in which they were sent. The channel itself is [`async-channel`](async_channel)'s; waiting senders get room in about the order
//! in which they came.
//!
//! ```
//! use costate::sync::mpsc;
//!
//! #[costate::coroutine]
//! fn count(to: mpsc::Sender<u32>) {
//!     for n in 0..10 {
//!         let sent = to.send(n).await;
//!         sent.expect("the receiver waits");
//!     }
//! }
//!
//! #[costate::coroutine]
//! fn sum() -> u32 {
//!     let (to, mut from) = mpsc::channel(2);
//!     costate::spawn(count(to)).detach();
//!     let mut sum = 0;
//!     while let Some(n) = from.recv().await {
//!         sum += n;
//!     }
//!     sum
//! }
//!
//! assert_eq!(costate::block_on(sum()), 45);
//! ```

use crate::scheduler::context;
use pin_project_lite::pin_project;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A channel with room for `capacity` values.
///
/// # Panics
///
/// If `capacity` is zero.
pub fn channel<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    let (sender, receiver) = async_channel::bounded(capacity);
    (Sender(sender), Receiver(receiver))
}

/// A channel with room for any number of values, as far as there is memory.
pub fn unbounded_channel<T>() -> (UnboundedSender<T>, UnboundedReceiver<T>) {
    let (sender, receiver) = async_channel::unbounded();
    (UnboundedSender(sender), Receiver(receiver))
}

/// The sending end of [`channel`]. The channel is closed when the last clone is dropped.
pub struct Sender<T>(async_channel::Sender<T>);

/// The sending end of [`unbounded_channel`]. The channel is closed when the last clone is dropped.
pub struct UnboundedSender<T>(async_channel::Sender<T>);

/// The receiving end. Dropping it closes the channel and drops what is in it.
pub struct Receiver<T>(async_channel::Receiver<T>);

/// The receiving end of [`unbounded_channel`].
pub type UnboundedReceiver<T> = Receiver<T>;

impl<T> Sender<T> {
    /// Sends `value`, and waits for room if there is none.
    ///
    /// # Errors
    ///
    /// Awaiting it gives `value` back if the receiver is gone or has closed the channel.
    ///
    /// # Cancel safety
    ///
    /// If it is dropped before it is ready, nothing was sent and `value` is dropped. The room that it was about to have goes
    /// to the next who waits.
    pub fn send(&self, value: T) -> Sending<'_, T> {
        Sending {
            inner: self.0.send(value),
        }
    }

    /// Sends `value` if there is room.
    ///
    /// # Errors
    ///
    /// Gives `value` back if there is none, or the channel is closed.
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        self.0.try_send(value).map_err(|error| match error {
            async_channel::TrySendError::Full(value) => TrySendError::Full(value),
            async_channel::TrySendError::Closed(value) => TrySendError::Closed(value),
        })
    }

    /// As [`send`](Sender::send), for a thread that may be blocked.
    ///
    /// # Errors
    ///
    /// As for [`send`](Sender::send).
    pub fn blocking_send(&self, value: T) -> Result<(), SendError<T>> {
        self.0
            .send_blocking(value)
            .map_err(|error| SendError(error.0))
    }

    /// How many values the channel has room for.
    #[must_use]
    pub fn max_capacity(&self) -> usize {
        self.0.capacity().unwrap_or(usize::MAX)
    }

    /// How many more values there is room for now.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.max_capacity().saturating_sub(self.0.len())
    }
}

impl<T> UnboundedSender<T> {
    /// Sends `value`.
    ///
    /// # Errors
    ///
    /// Gives it back if the receiver is gone or has closed the channel.
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        self.0
            .try_send(value)
            .map_err(|error| SendError(error.into_inner()))
    }
}

macro_rules! sender {
    ($name:ident) => {
        impl<T> $name<T> {
            /// Whether the receiver is gone or has closed the channel.
            #[must_use]
            pub fn is_closed(&self) -> bool {
                self.0.is_closed()
            }

            /// Whether both send to the same channel.
            #[must_use]
            pub fn same_channel(&self, other: &Self) -> bool {
                self.0.same_channel(&other.0)
            }
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                $name(self.0.clone())
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

sender!(Sender);
sender!(UnboundedSender);

impl<T> Receiver<T> {
    /// Waits for a value. `None` when all senders are gone, or the channel was closed, and nothing is left.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; no value is lost.
    pub fn recv(&mut self) -> Receiving<'_, T> {
        Receiving {
            inner: self.0.recv(),
        }
    }

    /// Takes a value if there is one.
    ///
    /// # Errors
    ///
    /// If there is none, now or for ever.
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        self.0.try_recv().map_err(|error| match error {
            async_channel::TryRecvError::Empty => TryRecvError::Empty,
            async_channel::TryRecvError::Closed => TryRecvError::Disconnected,
        })
    }

    /// As [`recv`](Receiver::recv), for a thread that may be blocked.
    pub fn blocking_recv(&mut self) -> Option<T> {
        self.0.recv_blocking().ok()
    }

    /// Closes the channel: nothing is sent any more. What was sent before can still be received.
    pub fn close(&mut self) {
        self.0.close();
    }

    /// Whether the channel is closed: by this end, or because all senders are gone.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.is_closed()
    }

    /// How many values are there to be received.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing to be received now.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.0.close();
        while self.0.try_recv().is_ok() {}
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

pin_project! {
    /// The future of [`Sender::send`].
    #[must_use = "futures do nothing unless they are awaited"]
    pub struct Sending<'a, T> {
        #[pin]
        inner: async_channel::Send<'a, T>,
    }
}

impl<T> Future for Sending<'_, T> {
    type Output = Result<(), SendError<T>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        ready!(context::poll_budget(cx));
        let sent = ready!(self.project().inner.poll(cx));
        context::spend();
        Poll::Ready(sent.map_err(|error| SendError(error.0)))
    }
}

pin_project! {
    /// The future of [`Receiver::recv`].
    #[must_use = "futures do nothing unless they are awaited"]
    pub struct Receiving<'a, T> {
        #[pin]
        inner: async_channel::Recv<'a, T>,
    }
}

impl<T> Future for Receiving<'_, T> {
    type Output = Option<T>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        ready!(context::poll_budget(cx));
        let received = ready!(self.project().inner.poll(cx));
        context::spend();
        Poll::Ready(received.ok())
    }
}

impl<T> fmt::Debug for Sending<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Receiving<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiving").finish_non_exhaustive()
    }
}

/// The receiver is gone or has closed the channel. Holds what was to be sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// Why [`Sender::try_send`] sent nothing. Holds what was to be sent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum TrySendError<T> {
    /// There is no room.
    Full(T),
    /// The receiver is gone or has closed the channel.
    Closed(T),
}

/// Why [`Receiver::try_recv`] gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryRecvError {
    /// Nothing is there now.
    Empty,
    /// Nothing is there, and nothing will come.
    Disconnected,
}

impl<T> TrySendError<T> {
    /// What was to be sent.
    pub fn into_inner(self) -> T {
        match self {
            TrySendError::Full(value) | TrySendError::Closed(value) => value,
        }
    }

    fn text(&self) -> &'static str {
        match self {
            TrySendError::Full(_) => "the channel is full",
            TrySendError::Closed(_) => "the channel is closed",
        }
    }
}

impl<T> fmt::Debug for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendError").finish_non_exhaustive()
    }
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the channel is closed")
    }
}

impl<T> fmt::Debug for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TrySendError({:?})", self.text())
    }
}

impl<T> fmt::Display for TrySendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}

impl fmt::Display for TryRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            TryRecvError::Empty => "the channel is empty",
            TryRecvError::Disconnected => "the channel is empty and closed",
        })
    }
}

impl<T> Error for SendError<T> {}
impl<T> Error for TrySendError<T> {}
impl Error for TryRecvError {}
