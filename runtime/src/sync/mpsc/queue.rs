//! The values of one channel, and who waits.
//!
//! Input: values to send, a receiver that takes them. Output: readiness and wakes. Invariant: values, and room that was granted to
//! senders and not used yet, are never more than the capacity; while somebody waits for room there is none. So room that
//! becomes free goes to the one who has waited longest, and a sender that comes later doesn't pass it. Under the lock nothing of the
//! user's runs: wakers are cloned, woken and dropped without it, and so are values.

use super::super::waiting::poll_or_leave;
use super::{TryRecvError, TrySendError};
use crate::shim::{Mutex, MutexGuard};
use crate::task::contain;
use std::collections::VecDeque;
use std::mem;
use std::sync::PoisonError;
use std::task::{Context, Poll, Waker};

/// Where a sender stands that waits. Give it back by [`Queue::leave`].
#[derive(Debug, Default)]
pub(super) struct Place(Option<u64>);

pub(super) struct Queue<T> {
    capacity: usize,
    state: Mutex<State<T>>,
}

struct State<T> {
    values: VecDeque<T>,
    /// Room of senders that were woken and haven't used it.
    granted: usize,
    /// Who waits for room, by number, which is the order.
    senders: VecDeque<(u64, Waker)>,
    numbers: u64,
    receiver: Option<Waker>,
    /// How many sending ends there are.
    ends: usize,
    /// By the receiver.
    closed: bool,
}

/// What a try came to.
enum Tried {
    Sent,
    Full,
    Closed,
}

impl<T> State<T> {
    /// Where a sender is among those who wait. `None`: it was granted room.
    fn find(&self, number: u64) -> Option<usize> {
        let found = self
            .senders
            .binary_search_by_key(&number, |(other, _)| *other);
        found.ok()
    }

    /// Room is free: whom to wake because it is theirs now.
    fn grant(&mut self) -> Option<Waker> {
        let (_, waker) = self.senders.pop_front()?;
        self.granted += 1;
        Some(waker)
    }

    fn take(&mut self) -> Option<(T, Option<Waker>)> {
        let value = self.values.pop_front()?;
        Some((value, self.grant()))
    }
}

/// Wakes without a lock.
fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        contain(|| waker.wake());
    }
}

impl<T> Queue<T> {
    /// With one sending end.
    pub(super) fn new(capacity: usize) -> Self {
        let state = State {
            values: VecDeque::new(),
            granted: 0,
            senders: VecDeque::new(),
            numbers: 0,
            receiver: None,
            ends: 1,
            closed: false,
        };
        Queue {
            capacity,
            state: Mutex::new(state),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn capacity(&self) -> usize {
        self.capacity
    }

    /// For how many more values there is room.
    pub(super) fn room(&self) -> usize {
        let state = self.lock();
        let taken = state.values.len() + state.granted;
        // Those who wait when it is closed count as if they had room.
        self.capacity.saturating_sub(taken)
    }

    pub(super) fn len(&self) -> usize {
        self.lock().values.len()
    }

    /// Whether nothing can be sent any more.
    pub(super) fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Whether nothing will be sent any more.
    pub(super) fn has_ended(&self) -> bool {
        let state = self.lock();
        state.closed || state.ends == 0
    }

    pub(super) fn add_sender(&self) {
        self.lock().ends += 1;
    }

    pub(super) fn remove_sender(&self) {
        let mut state = self.lock();
        state.ends -= 1;
        let receiver = if state.ends == 0 {
            state.receiver.take()
        } else {
            None
        };
        drop(state);
        wake(receiver);
    }

    /// Lets nothing in any more, and tells those who wait for room.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        let senders = mem::take(&mut state.senders);
        // They are as those that were granted room, and give it back.
        state.granted += senders.len();
        drop(state);
        senders.into_iter().for_each(|(_, waker)| wake(Some(waker)));
    }

    /// As [`Queue::close`], of a receiver that goes away. Gives what it hasn't received, and its waker.
    pub(super) fn close_and_take(&self) -> (VecDeque<T>, Option<Waker>) {
        self.close();
        let mut state = self.lock();
        (mem::take(&mut state.values), state.receiver.take())
    }

    pub(super) fn try_send(&self, value: T) -> Result<(), TrySendError<T>> {
        let mut value = Some(value);
        let tried = self.attempt(self.lock(), &mut value, false);
        match (tried, value) {
            (Tried::Closed, Some(value)) => Err(TrySendError::Closed(value)),
            (_, Some(value)) => Err(TrySendError::Full(value)),
            (_, None) => Ok(()),
        }
    }

    /// Sends `value` if there is room, or if it has been `granted`.
    fn attempt(
        &self,
        mut state: MutexGuard<'_, State<T>>,
        value: &mut Option<T>,
        granted: bool,
    ) -> Tried {
        if granted {
            state.granted -= 1;
        }
        if state.closed {
            return Tried::Closed;
        }
        if !granted && state.values.len() + state.granted >= self.capacity {
            return Tried::Full;
        }
        state.values.extend(value.take());
        let receiver = state.receiver.take();
        drop(state);
        wake(receiver);
        Tried::Sent
    }

    /// Takes `value` when there is room. What is still there when it is ready can't be sent.
    pub(super) fn poll_send(
        &self,
        value: &mut Option<T>,
        place: &mut Place,
        cx: &Context<'_>,
    ) -> Poll<()> {
        let Some(number) = place.0 else {
            return match self.attempt(self.lock(), value, false) {
                Tried::Sent | Tried::Closed => Poll::Ready(()),
                Tried::Full => self.enqueue(value, place, cx),
            };
        };
        let state = self.lock();
        let Some(at) = state.find(number) else {
            place.0 = None;
            self.attempt(state, value, true);
            return Poll::Ready(());
        };
        if state.senders[at].1.will_wake(cx.waker()) {
            return Poll::Pending;
        }
        drop(state);
        let mut waker = cx.waker().clone();
        let mut state = self.lock();
        let at = state.find(number);
        if let Some(at) = at {
            mem::swap(&mut state.senders[at].1, &mut waker);
            drop(state);
            // The old one, without the lock.
            drop(waker);
            return Poll::Pending;
        }
        place.0 = None;
        self.attempt(state, value, true);
        Poll::Ready(())
    }

    /// There was no room: tries again, and waits.
    fn enqueue(&self, value: &mut Option<T>, place: &mut Place, cx: &Context<'_>) -> Poll<()> {
        let waker = cx.waker().clone();
        let mut state = self.lock();
        if state.closed || state.values.len() + state.granted < self.capacity {
            self.attempt(state, value, false);
            return Poll::Ready(());
        }
        let number = state.numbers;
        state.numbers += 1;
        state.senders.push_back((number, waker));
        place.0 = Some(number);
        Poll::Pending
    }

    /// A sender gives up waiting. Room that it was granted goes to the next.
    pub(super) fn leave(&self, place: &mut Place) {
        let Some(number) = place.0.take() else {
            return;
        };
        let mut state = self.lock();
        if let Some(at) = state.find(number) {
            let gone = state.senders.remove(at);
            drop(state);
            drop(gone);
        } else {
            state.granted -= 1;
            let next = state.grant();
            drop(state);
            wake(next);
        }
    }

    pub(super) fn try_receive(&self) -> Result<T, TryRecvError> {
        let mut state = self.lock();
        match state.take() {
            Some((value, sender)) => {
                drop(state);
                wake(sender);
                Ok(value)
            }
            None if state.closed || state.ends == 0 => Err(TryRecvError::Disconnected),
            None => Err(TryRecvError::Empty),
        }
    }

    /// Waits for a value. `None`: there won't be any.
    pub(super) fn poll_receive(&self, cx: &Context<'_>) -> Poll<Option<T>> {
        let ready = |state: &mut State<T>| match state.take() {
            Some((value, sender)) => Some((Some(value), sender)),
            None => (state.closed || state.ends == 0).then_some((None, None)),
        };
        let taken = poll_or_leave(cx, || self.lock(), ready, |state| &mut state.receiver);
        taken.map(|(value, sender)| {
            wake(sender);
            value
        })
    }

    /// The receiver doesn't wait any more.
    pub(super) fn forget_receiver(&self) {
        let waker = self.lock().receiver.take();
        drop(waker);
    }
}
