//! A task in memory: one allocation with a header that knows no types and a stage that does.
//!
//! Input: a future and a scheduler. Output: [`TaskRef`]s, counted references that the queues, the wakers, the
//! list of owned tasks and the handle hold. Invariant: who may touch which field follows from the
//! state word (see [`state`](super::state)):
//!
//! | field | who |
//! |---|---|
//! | `state`, `id`, `place` | anybody, they are atomic or constant |
//! | `joiner` | the handle while `JOINER` is clear; while it is set it is only read |
//! | `hook` | the worker that set `RUNNING` |
//! | stage | the worker that set `RUNNING`; after `COMPLETE` the handle, or without one that worker |
//!
//! A body that isn't `Send` is run, and dropped, by the one thread that owns the task: the scheduler sees
//! to it that nobody else calls [`TaskRef::run`]. Only memory without a body is freed elsewhere.

use super::state::{Start, State};
use super::{TaskId, stage, waker};
use crate::shim::UnsafeCell;
use std::any::{Any, TypeId};
use std::future::Future;
use std::mem;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::task::{Context, Poll, Waker};

/// Where a task goes that is to be run.
pub(crate) trait Schedule: Send + Sync + 'static {
    /// Puts `task` in a queue of the thread that owns it.
    fn schedule(&self, task: TaskRef);
}

/// Why a task has no output.
#[derive(Debug)]
pub(crate) enum Failure {
    Cancelled,
    Panicked(Box<dyn Any + Send>),
}

/// How a body is asked to clean up: a type's `poll_cancel`.
pub(crate) type Hook = unsafe fn(NonNull<()>, &mut Context<'_>) -> Poll<()>;

/// The part of a task that doesn't depend on its future.
pub(crate) struct Header {
    pub(super) state: State,
    pub(super) vtable: &'static Vtable,
    pub(super) scheduler: Arc<dyn Schedule>,
    pub(super) joiner: UnsafeCell<Option<Waker>>,
    pub(super) hook: UnsafeCell<Option<Hook>>,
    pub(super) id: TaskId,
    /// The body's address, to be compared with.
    pub(super) body: usize,
    /// Its place in the owner's list. Only the owner reads and writes it.
    pub(crate) place: AtomicUsize,
}

/// What depends on the future. Each function takes the task's own header.
pub(super) struct Vtable {
    /// Polls or cancels the body. `Ready` means that the outcome is stored.
    pub(super) step: unsafe fn(NonNull<Header>, Start) -> Poll<()>,
    /// Drops the body where it stands and stores [`Failure::Cancelled`].
    pub(super) give_up: unsafe fn(NonNull<Header>),
    /// Moves the outcome to an `Option<Result<T, Failure>>`.
    pub(super) take: unsafe fn(NonNull<Header>, *mut ()),
    /// Drops the outcome, if it wasn't taken.
    pub(super) discard: unsafe fn(NonNull<Header>),
    /// Frees the memory.
    pub(super) free: unsafe fn(NonNull<Header>),
    pub(super) type_id: fn() -> TypeId,
}

/// The allocation. `repr(C)`: a pointer to the header is one to the whole.
#[repr(C)]
pub(super) struct Cell<F: Future> {
    pub(super) header: Header,
    pub(super) stage: UnsafeCell<stage::Stage<F>>,
}

/// A counted reference to a task.
pub(crate) struct TaskRef(NonNull<Header>);

// SAFETY: the header is made of atomics and of fields that the state word hands to one thread at a
// time; the stage is touched by the owner's thread, or holds an outcome whose `Send` the
// handle asks for, or is empty.
unsafe impl Send for TaskRef {}
// SAFETY: as above; a shared reference offers no more than a cloned one.
unsafe impl Sync for TaskRef {}

impl TaskRef {
    /// Allocates a task that waits in a queue. The three references are for that queue, the owner's list and
    /// the handle.
    pub(crate) fn new<F>(future: F, scheduler: Arc<dyn Schedule>) -> [TaskRef; 3]
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let mut cell = Box::new(Cell {
            header: Header {
                state: State::new(),
                vtable: stage::vtable::<F>(),
                scheduler,
                joiner: UnsafeCell::new(None),
                hook: UnsafeCell::new(None),
                id: TaskId::next(),
                body: 0,
                place: AtomicUsize::new(usize::MAX),
            },
            stage: UnsafeCell::new(stage::Stage::Body(future)),
        });
        // SAFETY: nobody else has seen the task.
        cell.header.body = unsafe { stage::body_of(&cell.stage) }.addr().get();
        let task = NonNull::from(Box::leak(cell)).cast::<Header>();
        // The state starts with three references.
        [TaskRef(task), TaskRef(task), TaskRef(task)]
    }

    /// # Safety
    ///
    /// `task` is a task's header, and one of its references passes to the result.
    pub(super) unsafe fn from_raw(task: NonNull<Header>) -> TaskRef {
        TaskRef(task)
    }

    /// Gives the reference up without counting it down.
    pub(super) fn into_raw(self) -> NonNull<Header> {
        let task = self.0;
        mem::forget(self);
        task
    }

    pub(super) fn as_raw(&self) -> NonNull<Header> {
        self.0
    }

    pub(crate) fn header(&self) -> &Header {
        // SAFETY: a reference is counted, so the task is there; nobody makes a `&mut Header`.
        unsafe { self.0.as_ref() }
    }

    /// Puts the task in its owner's queue.
    pub(super) fn schedule(self) {
        // The reference keeps the scheduler alive only until it is passed on.
        let scheduler = Arc::clone(&self.header().scheduler);
        scheduler.schedule(self);
    }
}

impl Clone for TaskRef {
    fn clone(&self) -> Self {
        self.header().state.reference();
        TaskRef(self.0)
    }
}

impl Drop for TaskRef {
    fn drop(&mut self) {
        if self.header().state.unreference() {
            // SAFETY: that was the last reference.
            unsafe { free(self.0) };
        }
    }
}

/// Frees a task that nobody refers to.
///
/// # Safety
///
/// Its last reference is gone.
pub(super) unsafe fn free(task: NonNull<Header>) {
    // SAFETY: the task is there until it is freed, by the caller alone.
    let free = unsafe { task.as_ref() }.vtable.free;
    // SAFETY: the vtable is the task's own.
    unsafe { free(task) };
}

/// Tells the task whose body `body` is, if any, how to cancel it. Called by a machine when it is first
/// polled: `spawn` takes any future and can't ask whether it is a [`Coroutine`](crate::Coroutine).
///
/// It does nothing in any other place: outside of a task, in a future that a task's body holds, on
/// another executor. There the machine is dropped where it stands.
#[allow(dead_code, reason = "called by the machine")]
pub(crate) fn introduce<C: crate::Coroutine>(body: std::pin::Pin<&mut C>, cx: &Context<'_>) {
    let Some(task) = waker::task_of(cx.waker()) else {
        return;
    };
    // SAFETY: the waker holds a reference or stands for one, so the task is there.
    let header = unsafe { task.as_ref() };
    let here = std::ptr::from_ref(&*body).addr();
    // A type can't hold itself, so the type and the place together say that this is the body itself. (A
    // body's type is `'static`; lifetimes don't change what code a type's methods run.)
    if here == header.body && (header.vtable.type_id)() == typeid::of::<C>() {
        // SAFETY: the body is pinned in its task and only the worker that set `RUNNING` polls it: this
        // thread, now. So it has the hook to itself.
        header
            .hook
            .with_mut(|hook| unsafe { *hook = Some(cancel::<C>) });
    }
}

/// # Safety
///
/// `body` is a pinned `C` that nobody else uses meanwhile.
unsafe fn cancel<C: crate::Coroutine>(body: NonNull<()>, cx: &mut Context<'_>) -> Poll<()> {
    // SAFETY: the caller says so.
    let body = unsafe { std::pin::Pin::new_unchecked(body.cast::<C>().as_mut()) };
    body.poll_cancel(cx)
}
