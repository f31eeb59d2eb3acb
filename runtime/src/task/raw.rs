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
//! | `asked` | the worker that set `RUNNING` |
//! | stage | the worker that set `RUNNING`; after `COMPLETE` the handle, or without one that worker |
//!
//! A body that isn't `Send` is run, and dropped, by the one thread that owns the task: the scheduler sees
//! to it that nobody else calls [`TaskRef::run`]. Only memory without a body is freed elsewhere.

use super::state::{Start, State};
use super::{TaskId, stage};
use crate::asked::Asked;
use crate::shim::UnsafeCell;
use std::any::Any;
use std::future::Future;
use std::mem;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::task::{Poll, Waker};

/// Where a task goes that is to be run.
///
/// # Safety
///
/// [`Schedule::schedule_here`] takes the task only if this thread keeps the scheduler alive by itself.
pub(crate) unsafe trait Schedule: Send + Sync + 'static {
    /// Puts `task` in a queue, if this is a thread that runs the scheduler's tasks; or gives it back.
    ///
    /// The scheduler may be held by the task alone, and the task be gone as soon as it is in a queue. So whoever takes it
    /// is kept alive by the thread.
    fn schedule_here(&self, task: TaskRef) -> Result<(), TaskRef>;

    /// Puts `task` in a queue, from any thread.
    fn schedule(&self, task: TaskRef);
}

/// The place of a task that is on no list so far.
pub(crate) const NOWHERE: usize = usize::MAX;

/// Why a task has no output.
#[derive(Debug)]
pub(crate) enum Failure {
    Cancelled,
    Panicked(Box<dyn Any + Send>),
}

/// The part of a task that doesn't depend on its future.
pub(crate) struct Header {
    pub(super) state: State,
    pub(super) vtable: &'static Vtable,
    pub(super) scheduler: Arc<dyn Schedule>,
    pub(super) joiner: UnsafeCell<Option<Waker>>,
    pub(super) asked: UnsafeCell<Asked>,
    pub(super) id: TaskId,
    /// Its place in the owner's list, from the insertion on; before that [`NOWHERE`]. Written once, by whoever inserts it.
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
        let cell = Box::new(Cell {
            header: Header {
                state: State::new(),
                vtable: stage::vtable::<F>(),
                scheduler,
                joiner: UnsafeCell::new(None),
                asked: UnsafeCell::new(Asked::NotYet),
                id: TaskId::next(),
                place: AtomicUsize::new(NOWHERE),
            },
            stage: UnsafeCell::new(stage::Stage::Body(future)),
        });
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

    /// Leaves the reference to the task itself, until somebody [takes it](TaskRef::take_own).
    pub(crate) fn own_itself(self) {
        self.into_raw();
    }

    /// Takes the reference that the task has of itself.
    ///
    /// # Safety
    ///
    /// There is one: [`TaskRef::own_itself`] was called, and this wasn't since.
    pub(crate) unsafe fn take_own(&self) -> TaskRef {
        TaskRef(self.0)
    }

    pub(super) fn as_raw(&self) -> NonNull<Header> {
        self.0
    }

    pub(crate) fn header(&self) -> &Header {
        // SAFETY: a reference is counted, so the task is there; nobody makes a `&mut Header`.
        unsafe { self.0.as_ref() }
    }

    /// Puts the task in a queue of its scheduler's.
    pub(crate) fn schedule(self) {
        let scheduler = Arc::as_ptr(&self.header().scheduler);
        // SAFETY: the task holds it. Once the task is given away this thread does, says `Schedule`.
        if let Err(task) = unsafe { &*scheduler }.schedule_here(self) {
            // Here the reference would keep the scheduler alive only until it is passed on.
            let scheduler = Arc::clone(&task.header().scheduler);
            scheduler.schedule(task);
        }
    }

    /// A number that spreads tasks evenly.
    pub(crate) fn number(&self) -> usize {
        self.header().id.spread()
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
