//! State that tasks wait for: one lock, one queue of waiters.
//!
//! Input: conditions that futures wait for, changes that make them true. Output: readiness, or a wake when something changed.
//! Invariant: a waiter looks at the state and enters the queue under one lock, which the changer holds too, so no wake is
//! lost. Wakers are cloned, woken and dropped without the lock, and so is whatever a change takes out.
//! Non-goal: speed under contention of many threads; those are `async-lock`'s and [`mpsc`](super::mpsc)'s.

use crate::shim::{Mutex, MutexGuard};
use crate::task::contain;
use std::collections::BTreeMap;
use std::sync::PoisonError;
use std::task::{Context, Poll, Waker};

/// A waiter's number. Lower ones have waited longer.
pub(super) type Ticket = u64;

/// Where a future that waits stands in the queue. Give it back by [`Monitor::leave`].
#[derive(Debug, Default)]
pub(super) struct Place(Option<Ticket>);

#[derive(Debug)]
pub(super) struct Monitor<T>(Mutex<Guarded<T>>);

#[derive(Debug)]
struct Guarded<T> {
    state: T,
    queue: BTreeMap<Ticket, Waker>,
    next: Ticket,
}

/// Those who wait, for one who changes the state.
pub(super) struct Waiters<'a> {
    queue: &'a mut BTreeMap<Ticket, Waker>,
    woken: Vec<Waker>,
}

impl Waiters<'_> {
    /// Wakes the one who has waited longest. Gives its ticket, which isn't in the queue any more.
    pub(super) fn wake_first(&mut self) -> Option<Ticket> {
        let (ticket, waker) = self.queue.pop_first()?;
        self.woken.push(waker);
        Some(ticket)
    }

    /// Wakes all, who look at the state again.
    pub(super) fn wake_all(&mut self) {
        self.woken.extend(std::mem::take(self.queue).into_values());
    }
}

impl<T> Monitor<T> {
    pub(super) fn new(state: T) -> Self {
        Monitor(Mutex::new(Guarded {
            state,
            queue: BTreeMap::new(),
            next: 0,
        }))
    }

    fn lock(&self) -> MutexGuard<'_, Guarded<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at the state, and no more. `look` runs no code of the user's.
    pub(super) fn look<R>(&self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.lock().state)
    }

    /// Changes the state, then wakes those whom `change` picked. `change` runs no code of the user's.
    pub(super) fn change<R>(&self, change: impl FnOnce(&mut T, &mut Waiters<'_>) -> R) -> R {
        let mut guarded = self.lock();
        let Guarded { state, queue, .. } = &mut *guarded;
        let mut waiters = Waiters {
            queue,
            woken: Vec::new(),
        };
        let changed = change(state, &mut waiters);
        let woken = waiters.woken;
        drop(guarded);
        for waker in woken {
            contain(|| waker.wake());
        }
        changed
    }

    /// Waits until `attempt` gives something. It is told the caller's ticket and runs no code of the user's.
    pub(super) fn poll<R>(
        &self,
        place: &mut Place,
        cx: &Context<'_>,
        mut attempt: impl FnMut(&mut T, Option<Ticket>) -> Option<R>,
    ) -> Poll<R> {
        let mut waker = None;
        loop {
            let mut guarded = self.lock();
            if let Some(value) = attempt(&mut guarded.state, place.0) {
                let old = place
                    .0
                    .take()
                    .and_then(|place| guarded.queue.remove(&place));
                drop(guarded);
                drop(old);
                return Poll::Ready(value);
            }
            let entry = place.0.and_then(|place| guarded.queue.get_mut(&place));
            if let Some(entry) = entry {
                if entry.will_wake(cx.waker()) {
                    return Poll::Pending;
                }
                if let Some(waker) = waker.take() {
                    let old = std::mem::replace(entry, waker);
                    drop(guarded);
                    drop(old);
                    return Poll::Pending;
                }
            } else if let Some(waker) = waker.take() {
                let ticket = guarded.next;
                guarded.next += 1;
                place.0 = Some(ticket);
                guarded.queue.insert(ticket, waker);
                return Poll::Pending;
            }
            // Cloned without the lock; what may have happened meanwhile is looked at again.
            drop(guarded);
            waker = Some(cx.waker().clone());
        }
    }

    /// Gives up waiting. `give_up` is told the ticket that the caller had, if it had one.
    pub(super) fn leave(
        &self,
        place: &mut Place,
        give_up: impl FnOnce(&mut T, Ticket, &mut Waiters<'_>),
    ) {
        let Some(ticket) = place.0.take() else {
            return;
        };
        let waker = self.change(|state, waiters| {
            let waker = waiters.queue.remove(&ticket);
            give_up(state, ticket, waiters);
            waker
        });
        drop(waker);
    }
}
