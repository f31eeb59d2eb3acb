//! The newest value, from one sender to any number of receivers.
//!
//! A receiver sees that there is a newer value than the one it has seen, not each value that was sent. What it
//! [borrows](Receiver::borrow) is the value as it was then: the sender may send meanwhile.
//!
//! ```
//! use costate::sync::watch;
//!
//! #[costate::coroutine]
//! fn example() -> u32 {
//!     let (sender, mut receiver) = watch::channel(1);
//!     sender.send(2).unwrap();
//!     sender.send(3).unwrap();
//!     let changed = receiver.changed().await;
//!     changed.unwrap();
//!     *receiver.borrow_and_update()
//! }
//!
//! assert_eq!(costate::block_on(example()), 3);
//! ```

use super::monitor::{Monitor, Place};
use crate::Coroutine;
use crate::scheduler::context;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::mem;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// A channel that holds `first`, which the receiver counts as seen.
pub fn channel<T>(first: T) -> (Sender<T>, Receiver<T>) {
    let sender = Sender(Arc::new(Monitor::new(State {
        value: Arc::new(first),
        version: 0,
        open: true,
        receivers: 0,
    })));
    let receiver = sender.subscribe();
    (sender, receiver)
}

struct State<T> {
    value: Arc<T>,
    /// How many values were sent.
    version: u64,
    /// Whether the sender is there.
    open: bool,
    receivers: usize,
}

/// The sending end. Dropping it closes the channel.
pub struct Sender<T>(Arc<Monitor<State<T>>>);

/// A receiving end. A clone has seen what the original has.
pub struct Receiver<T> {
    shared: Arc<Monitor<State<T>>>,
    /// The newest version that it has seen.
    seen: u64,
}

/// The value as it was when it was borrowed.
pub struct Ref<T>(Arc<T>);

impl<T> Sender<T> {
    /// Makes `value` the newest.
    ///
    /// # Errors
    ///
    /// Gives `value` back if there is no receiver.
    pub fn send(&self, value: T) -> Result<(), SendError<T>> {
        if self.is_closed() {
            return Err(SendError(value));
        }
        drop(self.replace(value));
        Ok(())
    }

    /// Makes `value` the newest, whether or not there is a receiver. Gives the one before, as it was.
    pub fn send_replace(&self, value: T) -> Ref<T> {
        Ref(self.replace(value))
    }

    /// Changes a clone of the value, and makes that the newest.
    pub fn send_modify(&mut self, modify: impl FnOnce(&mut T))
    where
        T: Clone,
    {
        let mut value = T::clone(&self.borrow());
        modify(&mut value);
        drop(self.replace(value));
    }

    fn replace(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        self.0.change(|state, waiters| {
            state.version += 1;
            waiters.wake_all();
            mem::replace(&mut state.value, value)
        })
    }

    /// The newest value.
    #[must_use]
    pub fn borrow(&self) -> Ref<T> {
        Ref(self.0.look(|state| Arc::clone(&state.value)))
    }

    /// One more receiver, which has seen the value that is newest now.
    #[must_use]
    pub fn subscribe(&self) -> Receiver<T> {
        let seen = self.0.change(|state, _| {
            state.receivers += 1;
            state.version
        });
        Receiver {
            shared: Arc::clone(&self.0),
            seen,
        }
    }

    /// How many receivers there are.
    #[must_use]
    pub fn receiver_count(&self) -> usize {
        self.0.look(|state| state.receivers)
    }

    /// Whether there is no receiver.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.receiver_count() == 0
    }

    /// Waits until there is no receiver.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time.
    pub fn closed(&self) -> Closed<'_, T> {
        Closed {
            sender: self,
            place: Place::default(),
        }
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.change(|state, waiters| {
            state.open = false;
            waiters.wake_all();
        });
    }
}

impl<T> Receiver<T> {
    /// Waits until there is a value that it hasn't seen, and counts it as seen.
    ///
    /// # Errors
    ///
    /// Awaiting it says that the sender is gone, once the last value was seen.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time. If it wasn't ready the value counts as not seen.
    pub fn changed(&mut self) -> Changed<'_, T> {
        Changed {
            receiver: self,
            place: Place::default(),
        }
    }

    /// Waits for a value for which `wanted` holds, beginning with the one that is newest now. Counts all until then as seen.
    ///
    /// # Errors
    ///
    /// Awaiting it says that the sender is gone, if it doesn't hold for the last value.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; values that it looked at count as seen.
    pub fn wait_for<'a, W: FnMut(&T) -> bool + 'a>(
        &'a mut self,
        wanted: W,
    ) -> impl Coroutine<Output = Result<Ref<T>, RecvError>> + use<'a, T, W> {
        wait_for(self, wanted)
    }

    /// Whether there is a value that it hasn't seen.
    ///
    /// # Errors
    ///
    /// If the sender is gone.
    pub fn has_changed(&self) -> Result<bool, RecvError> {
        self.shared.look(|state| match state.open {
            true => Ok(state.version != self.seen),
            false => Err(RecvError(())),
        })
    }

    /// The newest value. It doesn't count as seen by this.
    #[must_use]
    pub fn borrow(&self) -> Ref<T> {
        Ref(self.shared.look(|state| Arc::clone(&state.value)))
    }

    /// The newest value, which counts as seen.
    pub fn borrow_and_update(&mut self) -> Ref<T> {
        Ref(self.shared.look(|state| {
            self.seen = state.version;
            Arc::clone(&state.value)
        }))
    }
}

#[costate::coroutine]
fn wait_for<T, W: FnMut(&T) -> bool>(
    receiver: &mut Receiver<T>,
    mut wanted: W,
) -> Result<Ref<T>, RecvError> {
    loop {
        let value = receiver.borrow_and_update();
        if wanted(&value) {
            return Ok(value);
        }
        drop(value);
        receiver.changed().await?;
    }
}

impl<T> Clone for Receiver<T> {
    fn clone(&self) -> Self {
        self.shared.change(|state, _| state.receivers += 1);
        Receiver {
            shared: Arc::clone(&self.shared),
            seen: self.seen,
        }
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.shared.change(|state, waiters| {
            state.receivers -= 1;
            if state.receivers == 0 {
                waiters.wake_all();
            }
        });
    }
}

impl<T> Deref for Ref<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// The future of [`Receiver::changed`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Changed<'a, T> {
    receiver: &'a mut Receiver<T>,
    place: Place,
}

impl<T> Future for Changed<'_, T> {
    type Output = Result<(), RecvError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        ready!(context::poll_budget(cx));
        let Changed { receiver, place } = self.get_mut();
        let Receiver { shared, seen } = &mut **receiver;
        let changed = ready!(shared.poll(place, cx, |state, _| {
            if state.version != *seen {
                *seen = state.version;
                return Some(Ok(()));
            }
            (!state.open).then_some(Err(RecvError(())))
        }));
        context::spend();
        Poll::Ready(changed)
    }
}

impl<T> Drop for Changed<'_, T> {
    fn drop(&mut self) {
        self.receiver.shared.leave(&mut self.place, |_, _, _| {});
    }
}

/// The future of [`Sender::closed`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Closed<'a, T> {
    sender: &'a Sender<T>,
    place: Place,
}

impl<T> Future for Closed<'_, T> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Closed { sender, place } = self.get_mut();
        sender
            .0
            .poll(place, cx, |state, _| (state.receivers == 0).then_some(()))
    }
}

impl<T> Drop for Closed<'_, T> {
    fn drop(&mut self) {
        self.sender.0.leave(&mut self.place, |_, _, _| {});
    }
}

/// There is no receiver. Holds what was to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// The sender is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecvError(());

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no receiver")
    }
}

impl fmt::Display for RecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the sender is gone")
    }
}

impl<T: fmt::Debug> Error for SendError<T> {}
impl Error for RecvError {}

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

impl<T: fmt::Debug> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T> fmt::Debug for Changed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Changed").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Closed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Closed").finish_non_exhaustive()
    }
}
