//! Many values, from any number of senders to one receiver.
//!
//! [`channel`] has room for a fixed number, and who sends more waits; [`unbounded_channel`] has room for all. Values come in the order
//! in which they were sent, and waiting senders get room in the order in which they came.
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

mod errors;
mod queue;

pub use self::errors::{SendError, TryRecvError, TrySendError};

use self::queue::{Place, Queue};
use crate::scheduler::context;
use crate::shim::threads::thread::{self, Thread};
use futures_core::Stream;
use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker, ready};

/// A channel with room for `capacity` values.
///
/// # Panics
///
/// If `capacity` is zero.
pub fn channel<T>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    assert!(capacity > 0, "a channel has room for one value at least");
    let queue = Arc::new(Queue::new(capacity));
    (Sender(Arc::clone(&queue)), Receiver(queue))
}

/// A channel with room for any number of values, as far as there is memory.
pub fn unbounded_channel<T>() -> (UnboundedSender<T>, UnboundedReceiver<T>) {
    let queue = Arc::new(Queue::new(usize::MAX));
    (UnboundedSender(Arc::clone(&queue)), Receiver(queue))
}

/// The sending end of [`channel`]. The channel is closed when the last clone is dropped.
pub struct Sender<T>(Arc<Queue<T>>);

/// The sending end of [`unbounded_channel`]. The channel is closed when the last clone is dropped.
pub struct UnboundedSender<T>(Arc<Queue<T>>);

/// The receiving end. Dropping it closes the channel and drops what is in it.
pub struct Receiver<T>(Arc<Queue<T>>);

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
            queue: &self.0,
            value: Some(value),
            place: Place::default(),
        }
    }

    /// Sends `value` if there is room.
    ///
    /// # Errors
    ///
    /// Gives `value` back if there is none, or the channel is closed.
    pub fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        self.0.try_send(value)
    }

    /// As [`send`](Sender::send), for a thread that may be blocked.
    ///
    /// # Errors
    ///
    /// As for [`send`](Sender::send).
    pub fn blocking_send(&self, value: T) -> Result<(), SendError<T>> {
        wait_for(self.send(value))
    }

    /// How many values the channel has room for.
    #[must_use]
    pub fn max_capacity(&self) -> usize {
        self.0.capacity()
    }

    /// How many more values there is room for now.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.0.room()
    }
}

impl<T> UnboundedSender<T> {
    /// Sends `value`.
    ///
    /// # Errors
    ///
    /// Gives it back if the receiver is gone or has closed the channel.
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        let sent = self.0.try_send(value);
        sent.map_err(|error| SendError(error.into_inner()))
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
                Arc::ptr_eq(&self.0, &other.0)
            }
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                self.0.add_sender();
                $name(Arc::clone(&self.0))
            }
        }

        impl<T> Drop for $name<T> {
            fn drop(&mut self) {
                self.0.remove_sender();
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
            queue: &self.0,
            waits: false,
        }
    }

    /// As [`recv`](Receiver::recv), for a hand-written future: of several that poll it the last is woken. The receiver is a
    /// [`Stream`] too, by this.
    pub fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<T>> {
        ready!(context::poll_budget(cx));
        let received = ready!(self.0.poll_receive(cx));
        context::spend();
        Poll::Ready(received)
    }

    /// Takes a value if there is one.
    ///
    /// # Errors
    ///
    /// If there is none, now or for ever.
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        self.0.try_receive()
    }

    /// As [`recv`](Receiver::recv), for a thread that may be blocked.
    pub fn blocking_recv(&mut self) -> Option<T> {
        wait_for(self.recv())
    }

    /// Closes the channel: nothing is sent any more. What was sent before can still be received.
    pub fn close(&mut self) {
        self.0.close();
    }

    /// Whether the channel is closed: by this end, or because all senders are gone.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.0.has_ended()
    }

    /// How many values are there to be received.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing to be received now.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T> Stream for Receiver<T> {
    type Item = T;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        self.get_mut().poll_recv(cx)
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        // Dropped without the lock.
        drop(self.0.close_and_take());
    }
}

impl<T> fmt::Debug for Receiver<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

/// The future of [`Sender::send`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Sending<'a, T> {
    queue: &'a Queue<T>,
    /// `None`: it was sent, or given back.
    value: Option<T>,
    place: Place,
}

// The value is moved when it is sent, and never pinned.
impl<T> Unpin for Sending<'_, T> {}

impl<T> Future for Sending<'_, T> {
    type Output = Result<(), SendError<T>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        ready!(context::poll_budget(cx));
        let Sending {
            queue,
            value,
            place,
        } = self.get_mut();
        assert!(value.is_some(), "a send was polled after it was ready");
        ready!(queue.poll_send(value, place, cx));
        context::spend();
        Poll::Ready(value.take().map_or(Ok(()), |value| Err(SendError(value))))
    }
}

impl<T> Drop for Sending<'_, T> {
    fn drop(&mut self) {
        self.queue.leave(&mut self.place);
    }
}

/// The future of [`Receiver::recv`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Receiving<'a, T> {
    queue: &'a Queue<T>,
    /// Whether its waker is there.
    waits: bool,
}

impl<T> Future for Receiving<'_, T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        ready!(context::poll_budget(cx));
        self.waits = true;
        let received = ready!(self.queue.poll_receive(cx));
        self.waits = false;
        context::spend();
        Poll::Ready(received)
    }
}

impl<T> Drop for Receiving<'_, T> {
    fn drop(&mut self) {
        if self.waits {
            self.queue.forget_receiver();
        }
    }
}

/// Wakes a thread that is blocked.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Blocks this thread until `future` is ready.
fn wait_for<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let (mut future, mut cx) = (pin!(future), Context::from_waker(&waker));
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
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
