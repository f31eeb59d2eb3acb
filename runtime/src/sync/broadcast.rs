//! Many values, from any number of senders, each to every receiver.
//!
//! The channel keeps the newest values, up to its capacity. A receiver that is slower misses the oldest and is told how many. A value is
//! dropped when every receiver has it, or when it is missed.
//!
//! ```
//! use costate::sync::broadcast;
//!
//! #[costate::coroutine]
//! fn example() {
//!     let (sender, mut one) = broadcast::channel(16);
//!     let mut two = sender.subscribe();
//!     sender.send("news").unwrap();
//!     let heard = one.recv().await;
//!     let heard_too = two.recv().await;
//!     assert_eq!((heard, heard_too), (Ok("news"), Ok("news")));
//! }
//!
//! costate::block_on(example());
//! ```

use super::monitor::{Monitor, Place};
use crate::scheduler::context;
use std::collections::VecDeque;
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// A channel that keeps `capacity` values for receivers that are slow.
///
/// # Panics
///
/// If `capacity` is zero.
pub fn channel<T: Clone>(capacity: usize) -> (Sender<T>, Receiver<T>) {
    assert!(capacity > 0, "a broadcast channel must keep a value");
    let sender = Sender(Arc::new(Monitor::new(State {
        slots: VecDeque::new(),
        first: 0,
        capacity,
        senders: 1,
        receivers: 0,
    })));
    let receiver = sender.subscribe();
    (sender, receiver)
}

type Shared<T> = Arc<Monitor<State<T>>>;

struct State<T> {
    /// The values that some receiver hasn't got yet, oldest first.
    slots: VecDeque<Slot<T>>,
    /// The number of the first of them, counted from the channel's beginning.
    first: u64,
    capacity: usize,
    senders: usize,
    receivers: usize,
}

struct Slot<T> {
    value: Arc<T>,
    /// How many receivers haven't got it yet. Never more than the slot after it has.
    left: usize,
}

impl<T> State<T> {
    fn end(&self) -> u64 {
        self.first + self.slots.len() as u64
    }

    /// One receiver has done with all from `from` on. Gives what nobody waits for any more.
    fn skip(&mut self, from: u64, to: u64) -> Vec<Slot<T>> {
        let index = |number: u64| usize::try_from(number.saturating_sub(self.first));
        let (from, to) = (index(from), index(to));
        let (from, to) = (from.unwrap_or(usize::MAX), to.unwrap_or(usize::MAX));
        for slot in self.slots.range_mut(from.min(to)..to) {
            slot.left -= 1;
        }
        let done = self.slots.iter().take_while(|slot| slot.left == 0).count();
        self.first += done as u64;
        self.slots.drain(..done).collect()
    }
}

/// The sending end. The channel is closed when the last clone is dropped.
pub struct Sender<T>(Shared<T>);

impl<T> Sender<T> {
    /// Sends `value` to all receivers that there are. Gives their number.
    ///
    /// # Errors
    ///
    /// Gives `value` back if there is none. There may be some later.
    pub fn send(&self, value: T) -> Result<usize, SendError<T>> {
        let value = Arc::new(value);
        let kept = Arc::clone(&value);
        let (receivers, missed) = self.0.change(|state, waiters| {
            if state.receivers == 0 {
                return (0, None);
            }
            let full = state.slots.len() == state.capacity;
            let missed = full.then(|| state.slots.pop_front()).flatten();
            state.first += u64::from(full);
            state.slots.push_back(Slot {
                value: kept,
                left: state.receivers,
            });
            waiters.wake_all();
            (state.receivers, missed)
        });
        drop(missed);
        if receivers == 0 {
            // The closure is gone, and with it the other reference.
            return Err(SendError(
                Arc::into_inner(value).expect("nobody else has it"),
            ));
        }
        Ok(receivers)
    }

    /// One more receiver, of what is sent from now on.
    #[must_use]
    pub fn subscribe(&self) -> Receiver<T> {
        subscribe(&self.0)
    }

    /// How many receivers there are.
    #[must_use]
    pub fn receiver_count(&self) -> usize {
        self.0.look(|state| state.receivers)
    }

    /// How many values some receiver hasn't got yet.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.look(|state| state.slots.len())
    }

    /// Whether every receiver has got all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

fn subscribe<T>(shared: &Shared<T>) -> Receiver<T> {
    let next = shared.change(|state, _| {
        state.receivers += 1;
        state.end()
    });
    Receiver {
        shared: Arc::clone(shared),
        next,
    }
}

impl<T> Clone for Sender<T> {
    fn clone(&self) -> Self {
        self.0.change(|state, _| state.senders += 1);
        Sender(Arc::clone(&self.0))
    }
}

impl<T> Drop for Sender<T> {
    fn drop(&mut self) {
        self.0.change(|state, waiters| {
            state.senders -= 1;
            if state.senders == 0 {
                waiters.wake_all();
            }
        });
    }
}

/// The receiving end.
pub struct Receiver<T> {
    shared: Shared<T>,
    /// The number of the value it gets next.
    next: u64,
}

impl<T> Receiver<T> {
    /// Takes the next value, if there is one or an end. The values that nobody waits for go with it.
    fn take(state: &mut State<T>, next: &mut u64) -> Result<Taken<T>, TryRecvError> {
        if *next < state.first {
            let missed = state.first - *next;
            *next = state.first;
            return Err(TryRecvError::Lagged(missed));
        }
        let index = usize::try_from(*next - state.first).unwrap_or(usize::MAX);
        let Some(slot) = state.slots.get(index) else {
            return Err(match state.senders {
                0 => TryRecvError::Closed,
                _ => TryRecvError::Empty,
            });
        };
        let value = Arc::clone(&slot.value);
        let done = state.skip(*next, *next + 1);
        *next += 1;
        Ok(Taken { value, done })
    }

    /// How many values it hasn't got yet, of those that are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        let waiting = self
            .shared
            .look(|state| state.end() - self.next.max(state.first));
        usize::try_from(waiting).unwrap_or(usize::MAX)
    }

    /// Whether it has got all that was sent.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One more receiver, of what is sent from now on.
    #[must_use]
    pub fn resubscribe(&self) -> Receiver<T> {
        subscribe(&self.shared)
    }
}

impl<T: Clone> Receiver<T> {
    /// Waits for the next value.
    ///
    /// # Errors
    ///
    /// Awaiting it says how many values were missed, once; the next call goes on with the oldest that is kept. Or that all
    /// senders are gone and nothing is left.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; no value is lost.
    pub fn recv(&mut self) -> Receiving<'_, T> {
        Receiving {
            receiver: self,
            place: Place::default(),
        }
    }

    /// Takes the next value if there is one.
    ///
    /// # Errors
    ///
    /// If there is none, now or for ever, and if some were missed.
    pub fn try_recv(&mut self) -> Result<T, TryRecvError> {
        let next = &mut self.next;
        let taken = self.shared.change(|state, _| Self::take(state, next));
        taken.map(Taken::into_value)
    }
}

/// What is taken out under the lock and looked at without it.
struct Taken<T> {
    value: Arc<T>,
    done: Vec<Slot<T>>,
}

impl<T: Clone> Taken<T> {
    /// The value itself for the last who gets it, else a clone.
    fn into_value(self) -> T {
        drop(self.done);
        Arc::unwrap_or_clone(self.value)
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        let done = self.shared.change(|state, _| {
            state.receivers -= 1;
            state.skip(self.next, state.end())
        });
        // Dropped without the lock.
        drop(done);
    }
}

/// The future of [`Receiver::recv`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Receiving<'a, T> {
    receiver: &'a mut Receiver<T>,
    place: Place,
}

impl<T: Clone> Future for Receiving<'_, T> {
    type Output = Result<T, RecvError>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        ready!(context::poll_budget(cx));
        let Receiving { receiver, place } = self.get_mut();
        let Receiver { shared, next } = &mut **receiver;
        let taken = ready!(shared.poll(place, cx, |state, _| {
            match Receiver::take(state, next) {
                Ok(taken) => Some(Ok(taken)),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Closed) => Some(Err(RecvError::Closed)),
                Err(TryRecvError::Lagged(missed)) => Some(Err(RecvError::Lagged(missed))),
            }
        }));
        context::spend();
        Poll::Ready(taken.map(Taken::into_value))
    }
}

impl<T> Drop for Receiving<'_, T> {
    fn drop(&mut self) {
        self.receiver.shared.leave(&mut self.place, |_, _, _| {});
    }
}

/// There is no receiver. Holds what was to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SendError<T>(pub T);

/// Why [`Receiver::recv`] gave no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecvError {
    /// All senders are gone, and nothing is left.
    Closed,
    /// So many values were missed.
    Lagged(u64),
}

/// Why [`Receiver::try_recv`] gave no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryRecvError {
    /// Nothing is there now.
    Empty,
    /// All senders are gone, and nothing is left.
    Closed,
    /// So many values were missed.
    Lagged(u64),
}

impl<T> fmt::Display for SendError<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no receiver")
    }
}

impl fmt::Display for RecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RecvError::Closed => f.write_str("the channel is closed"),
            RecvError::Lagged(missed) => write!(f, "{missed} values were missed"),
        }
    }
}

impl fmt::Display for TryRecvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TryRecvError::Empty => f.write_str("the channel is empty"),
            TryRecvError::Closed => RecvError::Closed.fmt(f),
            TryRecvError::Lagged(missed) => RecvError::Lagged(*missed).fmt(f),
        }
    }
}

impl<T: fmt::Debug> Error for SendError<T> {}
impl Error for RecvError {}
impl Error for TryRecvError {}

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

impl<T> fmt::Debug for Receiving<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiving").finish_non_exhaustive()
    }
}
