//! A signal without a value.

use super::monitor::{Monitor, Place, Ticket, Waiters};
use crate::scheduler::context;
use std::collections::BTreeSet;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Wakes tasks that wait: one of them, or all.
///
/// [`notify_one`](Notify::notify_one) wakes the task that has waited longest. If nobody waits it is remembered, once, and the next
/// who waits goes on at once. [`notify_waiters`](Notify::notify_waiters) wakes all whose [`Notified`] has been made by then, and
/// isn't remembered.
///
/// ```
/// use costate::sync::Notify;
/// use std::sync::Arc;
///
/// #[costate::coroutine]
/// fn wait(bell: Arc<Notify>) -> &'static str {
///     bell.notified().await;
///     "it rang"
/// }
///
/// #[costate::coroutine]
/// fn ring() -> &'static str {
///     let bell = Arc::new(Notify::new());
///     let waits = costate::spawn(wait(Arc::clone(&bell)));
///     bell.notify_one();
///     waits.await
/// }
///
/// assert_eq!(costate::block_on(ring()), "it rang");
/// ```
pub struct Notify(Monitor<State>);

#[derive(Default)]
struct State {
    /// A `notify_one` that nobody waited for.
    permit: bool,
    /// Who was woken by `notify_one` and hasn't noticed.
    granted: BTreeSet<Ticket>,
    /// How often `notify_waiters` was called.
    rounds: u64,
}

impl State {
    fn notify_one(&mut self, waiters: &mut Waiters<'_>) {
        match waiters.wake_first() {
            Some(ticket) => {
                self.granted.insert(ticket);
            }
            None => self.permit = true,
        }
    }
}

impl Notify {
    /// A signal that nobody has given yet.
    #[must_use]
    pub fn new() -> Self {
        Notify(Monitor::new(State::default()))
    }

    /// Wakes the task that has waited longest, or else the next that waits.
    pub fn notify_one(&self) {
        self.0.change(State::notify_one);
    }

    /// Wakes all that wait: each [`Notified`] that was made before, polled or not.
    pub fn notify_waiters(&self) {
        self.0.change(|state, waiters| {
            state.rounds += 1;
            waiters.wake_all();
        });
    }

    /// Waits for a signal.
    ///
    /// Tasks are woken in the order in which they were first polled.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time, and loses its place in the queue. A signal of `notify_one` that it was woken by and
    /// didn't notice goes to the next, or is remembered.
    pub fn notified(&self) -> Notified<'_> {
        Notified {
            rounds: self.0.look(|state| state.rounds),
            notify: self,
            place: Place::default(),
        }
    }
}

impl Default for Notify {
    fn default() -> Self {
        Notify::new()
    }
}

impl fmt::Debug for Notify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notify").finish_non_exhaustive()
    }
}

/// The future of [`Notify::notified`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Notified<'a> {
    notify: &'a Notify,
    rounds: u64,
    place: Place,
}

impl Future for Notified<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        ready!(context::poll_budget(cx));
        let Notified {
            notify,
            rounds,
            place,
        } = self.get_mut();
        ready!(notify.0.poll(place, cx, |state, ticket| {
            let granted = ticket.is_some_and(|ticket| state.granted.remove(&ticket));
            let ready = granted || state.rounds != *rounds || std::mem::take(&mut state.permit);
            ready.then_some(())
        }));
        context::spend();
        Poll::Ready(())
    }
}

impl Drop for Notified<'_> {
    fn drop(&mut self) {
        self.notify
            .0
            .leave(&mut self.place, |state, ticket, waiters| {
                if state.granted.remove(&ticket) {
                    state.notify_one(waiters);
                }
            });
    }
}

impl fmt::Debug for Notified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Notified").finish_non_exhaustive()
    }
}
