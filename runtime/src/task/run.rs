//! What the owner of a task does with it: run it, give it up.
//!
//! Input: the reference that a queue held. Output: what became of the task. Invariant: a
//! complete task has woken its joiner, and its outcome is the handle's or dropped.

use super::contain;
use super::raw::{TaskRef, free};
use super::state::{AfterPoll, Start, Wake};
use std::task::Poll;

/// What became of a task that was run.
#[must_use]
pub(crate) enum Ran {
    /// It waits for somebody to wake it.
    Idle,
    /// It was woken while it ran: put it in a queue.
    Again(TaskRef),
    /// It is complete: take it off the list of owned tasks.
    Complete(TaskRef),
}

impl TaskRef {
    /// Polls or cancels the task once.
    ///
    /// Called by the thread that owns the task, with the reference of the queue it was in.
    pub(crate) fn run(self) -> Ran {
        self.run_and(|_| {})
    }

    /// As [`TaskRef::run`]. If the task suspends, `suspends` is called while nobody else can run it yet.
    pub(crate) fn run_and(self, suspends: impl FnOnce(&TaskRef)) -> Ran {
        let header = self.header();
        let start: Start = header.state.start();
        // SAFETY: the vtable is the task's own, and `start` has set `RUNNING`.
        if unsafe { (header.vtable.step)(self.as_raw(), start) } == Poll::Ready(()) {
            complete(&self);
            return Ran::Complete(self);
        }
        suspends(&self);
        match header.state.after_poll() {
            AfterPoll::Reschedule => Ran::Again(self),
            AfterPoll::Idle => {
                self.into_raw();
                Ran::Idle
            }
            AfterPoll::Free => {
                // SAFETY: the queue's reference, this one, was the last.
                unsafe { free(self.into_raw()) };
                Ran::Idle
            }
        }
    }

    /// Drops the task's body where it stands, without running any clean-up.
    ///
    /// Called by the thread that owns the task, after it took the task out of its queue.
    pub(crate) fn give_up(&self) {
        let header = self.header();
        let _: Start = header.state.start();
        // SAFETY: the vtable is the task's own, and `start` has set `RUNNING`.
        unsafe { (header.vtable.give_up)(self.as_raw()) };
        complete(self);
    }

    /// Asks for cancellation, from any thread.
    pub(crate) fn cancel(&self) {
        if self.header().state.request_cancel() == Wake::Schedule {
            // SAFETY: the transition counted a reference, which passes to the queue.
            unsafe { TaskRef::from_raw(self.as_raw()) }.schedule();
        }
    }

    /// Wakes the task, whatever it waits for.
    pub(crate) fn wake(&self) {
        if self.header().state.wake() == Wake::Schedule {
            // SAFETY: the transition counted a reference, which passes to the queue.
            unsafe { TaskRef::from_raw(self.as_raw()) }.schedule();
        }
    }
}

/// The outcome is stored: says so, and sees to it that somebody has it.
fn complete(task: &TaskRef) {
    let header = task.header();
    let completed = header.state.complete();
    if completed.unwanted {
        // SAFETY: the vtable is the task's own; without a handle the outcome is the worker's.
        contain(|| unsafe { (header.vtable.discard)(task.as_raw()) });
    }
    if completed.joined {
        // The waker may be anybody's, so its panic is contained as well.
        header.joiner.with(|joiner| {
            contain(|| {
                // SAFETY: while `JOINER` is set the place is only read.
                if let Some(waker) = unsafe { &*joiner } {
                    waker.wake_by_ref();
                }
            });
        });
        if header.state.joiner_woken() {
            // SAFETY: the handle is gone and `JOINER` clear, so nobody else looks.
            let joiner = header.joiner.with_mut(|joiner| unsafe { (*joiner).take() });
            contain(|| drop(joiner));
        }
    }
}
