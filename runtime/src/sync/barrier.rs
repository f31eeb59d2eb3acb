//! A number of tasks that go on together.

use super::monitor::{Monitor, Place};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Holds tasks back until a certain number of them has come; then all go on, and the barrier is new.
///
/// ```
/// use costate::sync::Barrier;
/// use std::sync::Arc;
///
/// #[costate::coroutine]
/// fn step(barrier: Arc<Barrier>) -> bool {
///     let passed = barrier.wait().await;
///     passed.is_leader()
/// }
///
/// #[costate::coroutine]
/// fn leaders() -> usize {
///     let barrier = Arc::new(Barrier::new(2));
///     let one = costate::spawn(step(Arc::clone(&barrier)));
///     let two = costate::spawn(step(barrier));
///     let one = one.await;
///     let two = two.await;
///     usize::from(one) + usize::from(two)
/// }
///
/// assert_eq!(costate::block_on(leaders()), 1);
/// ```
pub struct Barrier {
    size: usize,
    state: Monitor<State>,
}

#[derive(Default)]
struct State {
    waiting: usize,
    rounds: u64,
}

impl Barrier {
    /// A barrier for `size` tasks. Zero is taken for one.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Barrier {
            size: size.max(1),
            state: Monitor::new(State::default()),
        }
    }

    /// Waits until as many tasks wait as the barrier is for. One of them, the last that came, is told that it leads.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time. Who is dropped before the others have come doesn't count any more.
    pub fn wait(&self) -> BarrierWait<'_> {
        BarrierWait {
            barrier: self,
            round: None,
            place: Place::default(),
        }
    }

    /// Counts a task that has come. Gives the round it waits for, if it has to wait.
    fn arrive(&self) -> Option<u64> {
        self.state.change(|state, waiters| {
            state.waiting += 1;
            if state.waiting < self.size {
                return Some(state.rounds);
            }
            state.waiting = 0;
            state.rounds += 1;
            waiters.wake_all();
            None
        })
    }
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Barrier")
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}

/// The future of [`Barrier::wait`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct BarrierWait<'a> {
    barrier: &'a Barrier,
    /// The round that it counts in.
    round: Option<u64>,
    place: Place,
}

impl Future for BarrierWait<'_> {
    type Output = BarrierWaitResult;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<BarrierWaitResult> {
        let BarrierWait {
            barrier,
            round,
            place,
        } = self.get_mut();
        let awaited = match *round {
            Some(awaited) => awaited,
            None => match barrier.arrive() {
                Some(awaited) => *round.insert(awaited),
                None => return Poll::Ready(BarrierWaitResult { leader: true }),
            },
        };
        ready!(barrier.state.poll(place, cx, |state, _| {
            (state.rounds != awaited).then_some(())
        }));
        *round = None;
        Poll::Ready(BarrierWaitResult { leader: false })
    }
}

impl Drop for BarrierWait<'_> {
    fn drop(&mut self) {
        let Some(awaited) = self.round else {
            return;
        };
        let state = &self.barrier.state;
        state.leave(&mut self.place, |_, _, _| {});
        state.change(|state, _| {
            if state.rounds == awaited {
                state.waiting -= 1;
            }
        });
    }
}

impl fmt::Debug for BarrierWait<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BarrierWait").finish_non_exhaustive()
    }
}

/// What one who has passed a [`Barrier`] is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BarrierWaitResult {
    leader: bool,
}

impl BarrierWaitResult {
    /// Whether this is the one of those who passed together that leads.
    #[must_use]
    pub fn is_leader(&self) -> bool {
        self.leader
    }
}
