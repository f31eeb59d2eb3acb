//! The state word of a task: who may touch what, and when.
//!
//! Input: an event (a wake, a worker's start, the end of a poll, a handle's wish). Output: an
//! outcome that says what the caller has to do now. Invariant: each transition is a pure
//! function of the word, applied by one compare-and-swap loop; nothing else writes the word.
//! Absent on purpose: the task's memory. This module has no `unsafe` and knows no pointers.
//!
//! # The bits
//!
//! * `RUNNING`: a worker has the body to itself. Set by [`State::start`], cleared by
//!   [`State::after_poll`] and [`State::complete`], always by that worker.
//! * `SCHEDULED`: a queue holds the task, or, while it runs, the worker will put it there again.
//!   Whoever sets it on a task that doesn't run puts the task in a queue, with a reference.
//! * `COMPLETE`: the outcome is stored and the body is gone. Set once, never cleared, never
//!   together with `RUNNING` or `SCHEDULED`.
//! * `CANCEL_REQUESTED`: somebody wants the task to end. Set once, by any thread, never cleared: the
//!   next start turns it into `CANCELLING`. On a complete task it isn't set any more.
//! * `CANCELLING`: the body is cancelled, not polled, from now on. Set by a worker in `start`.
//! * `HANDLE`: there is a `Task`. While it is set the stored outcome belongs to the handle;
//!   a task that completes without it drops its outcome itself.
//! * `JOINER`: the joiner's waker is set and only read. While it is clear, and `HANDLE` set, the waker's
//!   place belongs to the handle. The worker clears it after its wake at the end.
//! * The rest counts references: handle, queue, list of owned tasks or before that the task itself, wakers.
//!
//! | word (without `HANDLE`, `JOINER`) | the body |
//! |---|---|
//! | none | suspended, nobody touches it |
//! | `SCHEDULED` | in a queue |
//! | `RUNNING` (`SCHEDULED`) | being polled (and woken meanwhile) |
//! | `CANCEL_REQUESTED` with any of the above | as above; cancelled at the next start |
//! | `CANCELLING`, `CANCEL_REQUESTED` with any of the above | being cancelled instead of polled |
//! | `COMPLETE` (`CANCEL_REQUESTED`, `CANCELLING`) | gone |

use crate::shim::{AtomicUsize, Ordering};

const RUNNING: usize = 1;
const SCHEDULED: usize = 1 << 1;
const COMPLETE: usize = 1 << 2;
const CANCEL_REQUESTED: usize = 1 << 3;
const CANCELLING: usize = 1 << 4;
const HANDLE: usize = 1 << 5;
const JOINER: usize = 1 << 6;
const REFERENCE: usize = 1 << 8;

/// What the one who wakes by reference has to do.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wake {
    /// The task runs, waits in a queue or is complete.
    Nothing,
    /// Put the task in a queue: a reference for it has been counted.
    Schedule,
}

/// What the one who wakes by value has to do. Its reference is used up in each case.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum WakeOwned {
    /// As for [`Wake::Nothing`].
    Nothing,
    /// Put the task in a queue, with this reference.
    Schedule,
    /// This was the last reference: free the task.
    Free,
}

/// What a worker does with the body.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Start {
    /// Poll it.
    Poll,
    /// Cancel it, now and whenever it is started from now on.
    Cancel,
}

/// What a worker does with a task whose body is still pending.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum AfterPoll {
    /// Nothing: somebody will wake it. The queue's reference has been given up.
    Idle,
    /// Nothing but free it: the queue's reference was the last.
    Free,
    /// Put it in a queue again, with the same reference.
    Reschedule,
}

/// What a worker does with a task that has just been completed.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Completed {
    /// Nobody will ask for the outcome: drop it.
    pub(crate) unwanted: bool,
    /// Wake the joiner, then say so by [`State::joiner_woken`].
    pub(crate) joined: bool,
}

/// What a handle that goes away has to do.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Left {
    /// The outcome is there, and belongs to the handle: drop it.
    pub(crate) outcome: bool,
    /// The joiner's place belongs to the handle: empty it.
    pub(crate) joiner: bool,
    /// Put the task in a queue, with the handle's reference, so that it is cancelled.
    pub(crate) schedule: bool,
}

/// Whether the task is complete, which ends the joiner's interest in its waker.
#[must_use]
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Joining {
    /// It isn't; what was asked for is done.
    Waiting,
    /// It is; nothing has changed.
    Complete,
}

/// The word. See the module.
#[derive(Debug)]
pub(crate) struct State(AtomicUsize);

impl State {
    /// A task that waits in a queue, with references for the queue, the list of owned tasks
    /// and the handle.
    pub(crate) fn new() -> Self {
        State(AtomicUsize::new(SCHEDULED | HANDLE | (3 * REFERENCE)))
    }

    /// Applies `transition`, even one that changes nothing: the exchange is what makes all
    /// that happened before it visible to the worker that starts the task next.
    fn update<T>(&self, transition: impl Fn(usize) -> (usize, T)) -> T {
        let mut word = self.0.load(Ordering::Relaxed);
        loop {
            let (next, outcome) = transition(word);
            match self
                .0
                .compare_exchange_weak(word, next, Ordering::AcqRel, Ordering::Acquire)
            {
                Ok(_) => return outcome,
                Err(found) => word = found,
            }
        }
    }

    /// Wakes, keeping the caller's reference.
    pub(crate) fn wake(&self) -> Wake {
        self.update(|word| {
            if word & (SCHEDULED | COMPLETE) != 0 {
                (word, Wake::Nothing)
            } else if word & RUNNING != 0 {
                (word | SCHEDULED, Wake::Nothing)
            } else {
                ((word | SCHEDULED) + REFERENCE, Wake::Schedule)
            }
        })
    }

    /// Wakes, using up the caller's reference.
    pub(crate) fn wake_owned(&self) -> WakeOwned {
        self.update(|word| {
            if word & (RUNNING | SCHEDULED | COMPLETE) == 0 {
                return (word | SCHEDULED, WakeOwned::Schedule);
            }
            let scheduled = if word & COMPLETE == 0 { SCHEDULED } else { 0 };
            match (word | scheduled) - REFERENCE {
                last if last < REFERENCE => (last, WakeOwned::Free),
                next => (next, WakeOwned::Nothing),
            }
        })
    }

    /// A worker took the task out of a queue and takes the body.
    pub(crate) fn start(&self) -> Start {
        self.update(|word| {
            debug_assert_eq!(word & (RUNNING | SCHEDULED | COMPLETE), SCHEDULED);
            let word = (word & !SCHEDULED) | RUNNING;
            if word & CANCEL_REQUESTED != 0 {
                (word | CANCELLING, Start::Cancel)
            } else {
                (word, Start::Poll)
            }
        })
    }

    /// The worker gives the body back: it is pending.
    pub(crate) fn after_poll(&self) -> AfterPoll {
        self.update(|word| {
            debug_assert_eq!(word & (RUNNING | COMPLETE), RUNNING);
            let word = word & !RUNNING;
            if word & SCHEDULED != 0 {
                return (word, AfterPoll::Reschedule);
            }
            match word - REFERENCE {
                last if last < REFERENCE => (last, AfterPoll::Free),
                next => (next, AfterPoll::Idle),
            }
        })
    }

    /// The worker has stored the outcome.
    pub(crate) fn complete(&self) -> Completed {
        self.update(|word| {
            debug_assert_eq!(word & (RUNNING | COMPLETE), RUNNING);
            let completed = Completed {
                unwanted: word & HANDLE == 0,
                joined: word & JOINER != 0,
            };
            ((word & !(RUNNING | SCHEDULED)) | COMPLETE, completed)
        })
    }

    /// The worker has woken the joiner. Returns whether the handle is gone, so that it
    /// falls to the worker to empty the joiner's place.
    #[must_use]
    pub(crate) fn joiner_woken(&self) -> bool {
        self.update(|word| {
            debug_assert_eq!(word & (COMPLETE | JOINER), COMPLETE | JOINER);
            (word & !JOINER, word & HANDLE == 0)
        })
    }

    /// Asks for cancellation, once and for all.
    pub(crate) fn request_cancel(&self) -> Wake {
        self.update(|word| {
            if word & (COMPLETE | CANCEL_REQUESTED) != 0 {
                return (word, Wake::Nothing);
            }
            let next = word | CANCEL_REQUESTED | SCHEDULED;
            if word & (RUNNING | SCHEDULED) != 0 {
                (next, Wake::Nothing)
            } else {
                (next + REFERENCE, Wake::Schedule)
            }
        })
    }

    /// The handle goes away and leaves the task alone.
    pub(crate) fn detach(&self) -> Left {
        self.update(|word| {
            let left = Left {
                outcome: word & COMPLETE != 0,
                joiner: word & COMPLETE == 0 || word & JOINER == 0,
                schedule: false,
            };
            // A joiner that the worker is about to wake is the worker's until it has done so.
            let joiner = if word & COMPLETE == 0 { JOINER } else { 0 };
            (word & !(HANDLE | joiner), left)
        })
    }

    /// The handle is dropped: as [`State::detach`] together with [`State::request_cancel`].
    pub(crate) fn abandon(&self) -> Left {
        self.update(|word| {
            if word & COMPLETE != 0 {
                let left = Left {
                    outcome: true,
                    joiner: word & JOINER == 0,
                    schedule: false,
                };
                return (word & !HANDLE, left);
            }
            let left = Left {
                outcome: false,
                joiner: true,
                schedule: word & (RUNNING | SCHEDULED) == 0 && word & CANCEL_REQUESTED == 0,
            };
            // A request that was there before has scheduled the task already, and while its clean-up is
            // suspended only the clean-up's own wakers do.
            let scheduled = if word & CANCEL_REQUESTED == 0 {
                SCHEDULED
            } else {
                0
            };
            (
                (word & !(HANDLE | JOINER)) | CANCEL_REQUESTED | scheduled,
                left,
            )
        })
    }

    /// The handle has put its waker in place.
    pub(crate) fn set_joiner(&self) -> Joining {
        self.update(|word| {
            debug_assert_eq!(word & (HANDLE | JOINER), HANDLE);
            if word & COMPLETE != 0 {
                (word, Joining::Complete)
            } else {
                (word | JOINER, Joining::Waiting)
            }
        })
    }

    /// The handle wants to change its waker.
    pub(crate) fn unset_joiner(&self) -> Joining {
        self.update(|word| {
            if word & COMPLETE != 0 {
                (word, Joining::Complete)
            } else {
                (word & !JOINER, Joining::Waiting)
            }
        })
    }

    /// Whether the outcome is there. If so, all that the worker did is visible.
    pub(crate) fn is_complete(&self) -> bool {
        self.0.load(Ordering::Acquire) & COMPLETE != 0
    }

    /// Whether the joiner's waker is in place. Asked by the handle alone.
    pub(crate) fn has_joiner(&self) -> bool {
        self.0.load(Ordering::Acquire) & JOINER != 0
    }

    /// Whether the handle is still there. Asked by the handle alone.
    pub(crate) fn has_handle(&self) -> bool {
        self.0.load(Ordering::Relaxed) & HANDLE != 0
    }

    /// Counts one more reference.
    pub(crate) fn reference(&self) {
        let word = self.0.fetch_add(REFERENCE, Ordering::Relaxed);
        if word > isize::MAX as usize {
            // Forgotten wakers can overflow the count, which would free a task in use.
            std::process::abort();
        }
    }

    /// Counts one reference less. Returns whether it was the last.
    #[must_use]
    pub(crate) fn unreference(&self) -> bool {
        self.0.fetch_sub(REFERENCE, Ordering::AcqRel) < 2 * REFERENCE
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn a_wake_while_running_reschedules() {
        let state = State::new();
        assert_eq!(state.start(), Start::Poll);
        assert_eq!(state.wake(), Wake::Nothing);
        assert_eq!(state.after_poll(), AfterPoll::Reschedule);
        assert_eq!(state.start(), Start::Poll);
        assert_eq!(state.after_poll(), AfterPoll::Idle);
        assert_eq!(state.wake(), Wake::Schedule);
    }

    #[test]
    fn a_cancel_while_running_takes_effect_at_the_next_start() {
        let state = State::new();
        assert_eq!(state.start(), Start::Poll);
        assert_eq!(state.request_cancel(), Wake::Nothing);
        assert_eq!(state.after_poll(), AfterPoll::Reschedule);
        assert_eq!(state.start(), Start::Cancel);
        assert_eq!(state.after_poll(), AfterPoll::Idle);
        assert_eq!(state.request_cancel(), Wake::Nothing);
        assert!(!state.abandon().schedule);
        assert_eq!(state.wake(), Wake::Schedule);
        assert_eq!(state.start(), Start::Cancel);
    }

    #[test]
    fn a_handle_that_is_dropped_late_owns_the_outcome() {
        let state = State::new();
        let _ = state.start();
        assert_eq!(
            state.complete(),
            Completed {
                unwanted: false,
                joined: false
            }
        );
        let left = Left {
            outcome: true,
            joiner: true,
            schedule: false,
        };
        assert_eq!(state.abandon(), left);
        assert_eq!(state.wake(), Wake::Nothing);
        assert!(!state.unreference() && !state.unreference() && state.unreference());
    }
}
