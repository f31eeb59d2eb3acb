//! Tasks that belong together.
//!
//! Input: futures to spawn. Output: their outcomes, in the order in which they end. Invariant: each member wakes the group with
//! its own number, so that of many only those that have ended are looked at.

use super::{Task, TaskError};
use crate::shim::threads::{Mutex, MutexGuard};
use slab::Slab;
use std::collections::VecDeque;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// Tasks that are awaited in the order in which they end, and cancelled together.
///
/// **Dropping the group cancels all of them.**
///
/// ```
/// use costate::task::TaskGroup;
///
/// #[costate::coroutine]
/// fn squares() -> u32 {
///     let mut group = TaskGroup::new();
///     for n in 1..=3 {
///         group.spawn(std::future::ready(n * n));
///     }
///     let mut sum = 0;
///     while let Some(square) = group.next().await {
///         sum += square.expect("none panics or is cancelled");
///     }
///     sum
/// }
///
/// assert_eq!(costate::block_on(squares()), 14);
/// ```
pub struct TaskGroup<T> {
    members: Slab<(Task<T>, Waker)>,
    ended: Arc<Ended>,
}

/// The members that may have ended, and who waits for the next.
#[derive(Default)]
struct Ended(Mutex<State>);

#[derive(Default)]
struct State {
    places: VecDeque<usize>,
    waiting: Option<Waker>,
}

impl Ended {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Member {
    place: usize,
    group: Arc<Ended>,
}

impl Wake for Member {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut state = self.group.lock();
        state.places.push_back(self.place);
        let waiting = state.waiting.take();
        drop(state);
        if let Some(waiting) = waiting {
            waiting.wake();
        }
    }
}

impl<T> TaskGroup<T> {
    /// A group without members.
    #[must_use]
    pub fn new() -> Self {
        TaskGroup {
            members: Slab::new(),
            ended: Arc::default(),
        }
    }

    /// Starts a task of the current runtime that belongs to the group.
    ///
    /// # Panics
    ///
    /// If there is no runtime on this thread.
    pub fn spawn<F>(&mut self, future: F)
    where
        F: Future<Output = T> + Send + 'static,
        T: Send + 'static,
    {
        self.insert(crate::spawn(future));
    }

    /// As [`spawn`](TaskGroup::spawn), for a future that stays on this thread.
    ///
    /// # Panics
    ///
    /// If there is no runtime on this thread.
    pub fn spawn_local<F>(&mut self, future: F)
    where
        F: Future<Output = T> + 'static,
        T: 'static,
    {
        self.insert(crate::spawn_local(future));
    }

    /// Makes a task a member.
    pub fn insert(&mut self, task: Task<T>) {
        let entry = self.members.vacant_entry();
        let place = entry.key();
        let member = Arc::new(Member {
            place,
            group: Arc::clone(&self.ended),
        });
        entry.insert((task, Waker::from(member)));
        // It is looked at once, which leaves the member's waker with it.
        self.ended.lock().places.push_back(place);
    }

    /// Waits for the next task that ends. `None` when there is none left.
    ///
    /// # Errors
    ///
    /// Awaiting it gives a [`TaskError`] for a task that was cancelled or has panicked.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; no outcome is lost.
    #[allow(
        clippy::should_implement_trait,
        reason = "it is awaited; an iterator's would block"
    )]
    pub fn next(&mut self) -> impl Future<Output = Option<Result<T, TaskError>>> + use<'_, T> {
        poll_fn(|cx| self.poll_next(cx))
    }

    /// As [`next`](TaskGroup::next), for a hand-written future.
    ///
    /// # Errors
    ///
    /// As for [`next`](TaskGroup::next).
    pub fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, TaskError>>> {
        let mut waker = None;
        loop {
            while let Some(place) = self.next_place() {
                if let Some(outcome) = self.look_at(place) {
                    return Poll::Ready(Some(outcome));
                }
            }
            if self.members.is_empty() {
                return Poll::Ready(None);
            }
            let Some(waker) = waker.take() else {
                waker = Some(cx.waker().clone());
                continue;
            };
            let mut state = self.ended.lock();
            if state.places.is_empty() {
                let old = state.waiting.replace(waker);
                drop(state);
                drop(old);
                return Poll::Pending;
            }
        }
    }

    fn next_place(&self) -> Option<usize> {
        self.ended.lock().places.pop_front()
    }

    /// The outcome of a member that has ended, which is one no more.
    fn look_at(&mut self, place: usize) -> Option<Result<T, TaskError>> {
        // A wake may come late, and its place be empty or another's: looking there does no harm.
        let (task, waker) = self.members.get_mut(place)?;
        let polled = Pin::new(task).poll_join(&mut Context::from_waker(waker));
        let Poll::Ready(outcome) = polled else {
            return None;
        };
        drop(self.members.remove(place));
        Some(outcome)
    }

    /// Asks all members to end. They are still waited for by [`next`](TaskGroup::next), as cancelled.
    pub fn cancel_all(&self) {
        for (_, (task, _)) in &self.members {
            task.cancel();
        }
    }

    /// Lets all members run on their own, and forgets them.
    pub fn detach_all(&mut self) {
        for (task, _) in self.members.drain() {
            task.detach();
        }
    }

    /// How many members there are whose outcome nobody has got.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

#[costate::coroutine]
fn end<T>(mut group: TaskGroup<T>) {
    group.cancel_all();
    while let Some(outcome) = group.next().await {
        drop(outcome);
    }
}

impl<T: 'static> TaskGroup<T> {
    /// Asks all members to end, and waits until they have. Their outcomes are dropped.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives up waiting; the members are cancelled in any case.
    pub fn cancel_and_join(self) -> impl crate::Coroutine<Output = ()> + use<T> {
        end(self)
    }
}

impl<T> Default for TaskGroup<T> {
    fn default() -> Self {
        TaskGroup::new()
    }
}

impl<T> fmt::Debug for TaskGroup<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TaskGroup")
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}
