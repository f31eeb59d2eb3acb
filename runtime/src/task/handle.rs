//! `Task<T>`: the handle of a spawned task, and what is awaited through it.
//!
//! Input: the handle's reference to the task. Output: the task's outcome, once. Invariant: while a handle exists
//! the outcome is its own; a handle that is dropped asks for cancellation first.

use super::raw::{Failure, TaskRef};
use super::state::{Joining, Left};
use super::{TaskError, TaskId};
use crate::introduce::introduce;
use crate::{Coroutine, Frame};
use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::mem;
use std::panic::{RefUnwindSafe, UnwindSafe, resume_unwind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A spawned task. **Dropping it cancels the task.**
///
/// A task runs whether or not its handle is awaited. Awaiting the handle gives the task's output:
///
/// ```
/// use costate::{block_on, spawn};
///
/// #[costate::coroutine]
/// fn answer() -> u32 {
///     let task = spawn(std::future::ready(42));
///     task.await
/// }
///
/// assert_eq!(block_on(answer()), 42);
/// ```
///
/// A cancelled task isn't run any further: at its next suspension it is asked to clean up (a
/// [`Coroutine`](crate::Coroutine)) or dropped where it stands (any other future), on the thread that runs it. To wait for
/// that use [`cancel_and_join`](Task::cancel_and_join). To let the task run on without a
/// handle use [`detach`](Task::detach).
///
/// # Panics
///
/// Awaiting the handle rethrows the panic of a task that has panicked, and panics if the task was cancelled:
/// there is no output then. [`join`](Task::join) reports both as an error. So does polling it again after it was ready.
///
/// # Cancel safety
///
/// The handle may be polled and left as often as one likes; nothing is lost. A future that owns the handle and is
/// dropped drops the handle, and so cancels the task. If a coroutine that awaits it is *cancelled* (its task is, or it
/// has lost a `select!` or `race`, or was late for a `timeout`), then that isn't over before the task has cleaned up; but a
/// job of [`spawn_blocking`](crate::spawn_blocking) that has begun is not waited for.
#[must_use = "dropping a task cancels it; call `detach` to let it run on its own"]
pub struct Task<T> {
    task: TaskRef,
    /// Whether the outcome was handed out.
    done: bool,
    /// Whether who is cancelled while it awaits this waits until the task has ended.
    ends_soon: bool,
    output: PhantomData<fn() -> T>,
}

// SAFETY: a handle moves the outcome between threads, and nothing else of the task.
unsafe impl<T: Send> Send for Task<T> {}
// SAFETY: through a shared handle one can ask for cancellation and completion: atomics.
unsafe impl<T: Send> Sync for Task<T> {}
impl<T> Unpin for Task<T> {}
impl<T> UnwindSafe for Task<T> {}
impl<T> RefUnwindSafe for Task<T> {}

impl<T> Task<T> {
    /// # Safety
    ///
    /// `task` is the handle's reference to a task whose output is `T`. If the task's body isn't `Send` but
    /// `T` is, the handle may still leave the thread.
    pub(crate) unsafe fn new(task: TaskRef) -> Self {
        Task {
            task,
            done: false,
            ends_soon: true,
            output: PhantomData,
        }
    }

    /// The same task, whose end may take long: who is cancelled doesn't wait for it.
    pub(crate) fn of_a_long_job(mut self) -> Self {
        self.ends_soon = false;
        self
    }

    /// Lets the task run on its own, to its end or to the end of the runtime.
    ///
    /// Its output is dropped. If it panics, the panic hook reports it and that is all.
    pub fn detach(self) {
        let left = self.task.header().state.detach();
        self.leave(left);
    }

    /// Asks the task to end. It takes effect at the task's next suspension, and before that if it has not yet run.
    ///
    /// Returns at once. A task that is complete keeps its output; asking again changes nothing.
    pub fn cancel(&self) {
        self.task.cancel();
    }

    /// Asks the task to end, and waits until it has: until its clean-up is done and all that
    /// it held is dropped. Gives the output if the task was complete before.
    ///
    /// # Panics
    ///
    /// Awaiting it rethrows the panic of a task that has panicked before it was cancelled.
    ///
    /// # Cancel safety
    ///
    /// The cancellation is asked for by the call, not by the first poll. Dropping the future
    /// gives up waiting, no more.
    pub fn cancel_and_join(self) -> CancelAndJoin<T> {
        self.cancel();
        CancelAndJoin(self)
    }

    /// Waits for the task, and reports a panic or a cancellation as an error.
    ///
    /// # Errors
    ///
    /// Awaiting it gives a [`TaskError`] if the task was cancelled or has panicked.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future drops the handle, which cancels the task; cancelling it waits for the task's clean-up, as
    /// cancelling the [`Task`] does. To keep the task, await `&mut task` instead.
    pub fn join(self) -> Join<T> {
        Join(self)
    }

    /// Whether the task has ended: with an output, by a panic, or cancelled and cleaned up.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.task.header().state.is_complete()
    }

    /// The task's number, which no other task of this process has or will have.
    #[must_use]
    pub fn id(&self) -> TaskId {
        self.task.header().id
    }

    fn poll_outcome(&mut self, cx: &mut Context<'_>) -> Poll<Result<T, Failure>> {
        assert!(!self.done, "a task was polled after it gave its output");
        if self.register(cx) == Joining::Waiting {
            return Poll::Pending;
        }
        let mut outcome: Option<Result<T, Failure>> = None;
        let header = self.task.header();
        // SAFETY: the task is complete and this is its handle, so the outcome is ours; its type is what `new`
        // was told.
        unsafe { (header.vtable.take)(self.task.as_raw(), (&raw mut outcome).cast()) };
        self.done = true;
        Poll::Ready(outcome.expect("the outcome of a complete task is there until it is taken"))
    }

    /// The handle's part in the cancellation of who awaits it. A panic of the task was reported when it happened.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.done {
            return Poll::Ready(());
        }
        self.cancel();
        if self.ends_soon {
            drop(ready!(self.poll_outcome(cx)));
        }
        Poll::Ready(())
    }

    /// As polling [`Task::join`], for one who keeps the handle.
    pub(super) fn poll_join(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<T, TaskError>> {
        self.poll_outcome(cx).map_err(TaskError::new)
    }

    /// Sees to it that the end of the task wakes `cx`.
    fn register(&self, cx: &mut Context<'_>) -> Joining {
        let header = self.task.header();
        if header.state.is_complete() {
            return Joining::Complete;
        }
        if header.state.has_joiner() {
            let same = header.joiner.with(|joiner| {
                // SAFETY: while `JOINER` is set the place is only read, and nobody but this handle and the
                // worker, after completion, clears it.
                let joiner = unsafe { &*joiner };
                joiner
                    .as_ref()
                    .is_some_and(|waker| waker.will_wake(cx.waker()))
            });
            if same {
                return Joining::Waiting;
            }
            if header.state.unset_joiner() == Joining::Complete {
                return Joining::Complete;
            }
        }
        // Cloned first: a waker's code is the user's and may panic.
        let waker = Some(cx.waker().clone());
        // SAFETY: `JOINER` is clear and `HANDLE` set, so the place is the handle's; we have it by `&mut Task`.
        let old = header
            .joiner
            .with_mut(|joiner| unsafe { mem::replace(&mut *joiner, waker) });
        let joining = header.state.set_joiner();
        drop(old);
        joining
    }

    /// Does what a handle that goes away has to do.
    fn leave(&self, left: Left) {
        let header = self.task.header();
        let joiner = if left.joiner {
            // SAFETY: the state says that the place is the handle's.
            header.joiner.with_mut(|joiner| unsafe { (*joiner).take() })
        } else {
            None
        };
        if left.schedule {
            // The handle's own reference goes when it is dropped; the queue gets another.
            self.task.clone().schedule();
        }
        drop(joiner);
        if left.outcome {
            // SAFETY: the state says that the outcome is the handle's.
            unsafe { (header.vtable.discard)(self.task.as_raw()) };
        }
    }
}

impl<T> Drop for Task<T> {
    fn drop(&mut self) {
        let state = &self.task.header().state;
        // After `detach` there is no handle any more.
        if state.has_handle() {
            let left = state.abandon();
            self.leave(left);
        }
    }
}

impl<T> Future for Task<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        introduce(self.as_mut());
        match ready!(self.poll_outcome(cx)) {
            Ok(output) => Poll::Ready(output),
            Err(Failure::Panicked(payload)) => resume_unwind(payload),
            Err(Failure::Cancelled) => panic!("the awaited task was cancelled"),
        }
    }
}

impl<T> Coroutine for Task<T> {
    fn poll_cancel(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.poll_end(cx)
    }

    /// The task is nobody's child: it tells where it stands itself.
    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Task")
            .field("id", &self.id())
            .field("is_finished", &self.is_finished())
            .finish_non_exhaustive()
    }
}

/// Waits for a task: see [`Task::join`].
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited; and dropping this one cancels the task"]
pub struct Join<T>(Task<T>);

impl<T> Future for Join<T> {
    type Output = Result<T, TaskError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        introduce(self.as_mut());
        self.0.poll_outcome(cx).map_err(TaskError::new)
    }
}

impl<T> Coroutine for Join<T> {
    fn poll_cancel(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.poll_end(cx)
    }

    /// As for [`Task`].
    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}

/// Waits for the end of a cancelled task: see [`Task::cancel_and_join`].
#[derive(Debug)]
#[must_use = "the task is cancelled in any case; await this to wait for its end"]
pub struct CancelAndJoin<T>(Task<T>);

impl<T> Future for CancelAndJoin<T> {
    type Output = Option<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match ready!(self.0.poll_outcome(cx)) {
            Ok(output) => Poll::Ready(Some(output)),
            Err(Failure::Cancelled) => Poll::Ready(None),
            Err(Failure::Panicked(payload)) => resume_unwind(payload),
        }
    }
}
