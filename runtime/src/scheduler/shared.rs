//! A runtime, as all its threads and handles share it.
//!
//! Input: futures and closures to run. Output: tasks. Invariant: when it has ended whatever is spawned is cancelled at once.

use super::context::{self, Context};
use super::local::Local;
use super::many::Many;
use super::pool::Pool;
use super::worker::{Core, Role, Whom, Worker};
use crate::driver::Driver;
use crate::reactor::FORKED;
use crate::shim::threads::{AtomicBool, Condvar, Mutex, Ordering};
use crate::task::{Schedule, Task, TaskRef};
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// How long workers are waited for whose time is up: so long as it takes to drop what is left.
const LAST: Duration = Duration::from_secs(1);

pub(crate) struct Shared {
    pub(crate) driver: Arc<Driver>,
    pub(crate) pool: Arc<Pool>,
    pub(super) kind: Kind,
    /// How long clean-up may take when nobody says otherwise.
    pub(super) grace: Duration,
    /// How long that of one task, or of what has lost, may take.
    pub(super) clean_up: Duration,
    pub(super) ended: AtomicBool,
}

pub(super) enum Kind {
    One(One),
    Many(Many),
}

/// A runtime that runs on the thread that calls `block_on`.
pub(super) struct One {
    pub(super) local: Arc<Local>,
    /// What waits for the next call. `None` while there is one.
    core: Mutex<Option<Core>>,
    left: Condvar,
}

impl One {
    pub(super) fn new(driver: &Arc<Driver>) -> Self {
        One {
            local: Local::new(driver),
            core: Mutex::new(Some(Core::default())),
            left: Condvar::new(),
        }
    }

    /// Takes the core, when it is free.
    fn take(&self) -> Core {
        let mut core = self.core.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match core.take() {
                Some(core) => return core,
                None => core = self.left.wait(core).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    fn put(&self, core: Core) {
        *self.core.lock().unwrap_or_else(PoisonError::into_inner) = Some(core);
        self.left.notify_one();
    }
}

impl Shared {
    /// Of a runtime with several workers.
    pub(super) fn many(&self) -> &Many {
        match &self.kind {
            Kind::Many(many) => many,
            Kind::One(_) => unreachable!("it is asked by one of several workers"),
        }
    }

    /// Which of its workers this thread is.
    fn worker(&self) -> Option<usize> {
        context::with(|context| {
            let here = context.filter(|context| std::ptr::eq(&*context.shared, self));
            here.and_then(|context| context.worker.as_ref()?.index())
        })
    }

    /// Starts a task that any thread may run.
    pub(crate) fn spawn<F>(self: &Arc<Self>, future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let handle = match &self.kind {
            Kind::One(one) => {
                if let Some(worker) = context::worker().filter(|_| one.local.is_here()) {
                    return worker.spawn(future);
                }
                let scheduler: Arc<dyn Schedule> = Arc::clone(&one.local) as _;
                // The worker puts it on its list when it takes it over.
                let [queued, owned, handle] = TaskRef::new(future, scheduler);
                drop(owned);
                queued.schedule();
                handle
            }
            Kind::Many(many) => {
                let scheduler: Arc<dyn Schedule> = Arc::clone(self) as _;
                let [queued, owned, handle] = TaskRef::new(future, scheduler);
                if many.begin(self.worker()) {
                    owned.own_itself();
                    queued.schedule();
                } else {
                    drop(owned);
                    queued.give_up();
                }
                handle
            }
        };
        // SAFETY: it is the handle's reference, and `F::Output` the task's output.
        unsafe { Task::new(handle) }
    }

    /// Runs a closure on a thread where it may block.
    pub(crate) fn spawn_blocking<F, T>(self: &Arc<Self>, code: F) -> Task<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        self.pool.spawn(code)
    }

    /// Runs `future` on this thread. At its end those tasks end that can't go on without it, or all.
    ///
    /// # Panics
    ///
    /// If this thread runs tasks, and in a forked child.
    pub(crate) fn block_on<F: Future>(self: &Arc<Self>, future: F, ends: Whom) -> F::Output {
        context::assert_free();
        assert!(!self.driver.reactor.is_forked(), "{FORKED}");
        let running = Running::enter(self, ends, None);
        let future = pin!(future);
        running.worker().run(future)
    }

    /// Ends the runtime: cancels all that runs, waits for its clean-up until `deadline`, and drops the rest.
    pub(crate) fn shutdown(self: &Arc<Self>, deadline: Instant) {
        if self.ended.swap(true, Ordering::AcqRel) || self.driver.reactor.is_forked() {
            // In a child there is nobody to wait for, and what is watched is the parent's.
            return;
        }
        let within = context::with(|context| {
            context.is_some_and(|context| Arc::ptr_eq(&context.shared, self))
        });
        // A thread of the runtime's own would wait for itself.
        let deadline = if within { Instant::now() } else { deadline };
        match &self.kind {
            Kind::One(one) => {
                if !within {
                    drop(Running::enter(self, Whom::All, Some(deadline)));
                }
                for task in one.local.inject.close() {
                    task.give_up();
                }
            }
            Kind::Many(many) => {
                many.close();
                many.wait_for_tasks(deadline);
                many.stop(if within {
                    deadline
                } else {
                    deadline.max(Instant::now() + LAST)
                });
            }
        }
        self.driver.reactor.shutdown();
        self.pool.close(deadline);
    }
}

// SAFETY: what `schedule_here` finds is the context of this thread, which holds this `Shared`, and which the thread
// holds for longer than the call.
unsafe impl Schedule for Shared {
    fn schedule_here(&self, task: TaskRef) -> Result<(), TaskRef> {
        context::with(|context| {
            let Some(context) = context.filter(|context| std::ptr::eq(&*context.shared, self))
            else {
                return Err(task);
            };
            match context.worker.as_ref().map(|worker| &worker.role) {
                Some(Role::OneOf(stealing)) => {
                    stealing.push(self.many(), task);
                    Ok(())
                }
                _ => Err(task),
            }
        })
    }

    fn schedule(&self, task: TaskRef) {
        self.many().push(task);
    }
}

/// This thread as one that runs tasks, until the end of the scope. By then some have ended.
struct Running {
    /// `None` in the drop.
    worker: Option<Rc<Worker>>,
    entered: Option<context::Entered>,
    ends: Whom,
    /// Of the clean-up. `None`: the usual grace.
    deadline: Option<Instant>,
}

impl Running {
    fn enter(shared: &Arc<Shared>, ends: Whom, deadline: Option<Instant>) -> Self {
        let (local, role, core) = match &shared.kind {
            Kind::One(one) => (Arc::clone(&one.local), Role::Only, one.take()),
            Kind::Many(_) => (Local::new(&shared.driver), Role::Guest, Core::default()),
        };
        let worker = Rc::new(Worker::new(Arc::clone(shared), local, role, core));
        let entered = context::enter(Context {
            shared: Arc::clone(shared),
            worker: Some(Rc::clone(&worker)),
        });
        Running {
            worker: Some(worker),
            entered: Some(entered),
            ends,
            deadline,
        }
    }

    fn worker(&self) -> &Worker {
        self.worker.as_ref().expect("it is there until the drop")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let grace = self.worker().shared.grace;
        let deadline = self.deadline.unwrap_or_else(|| Instant::now() + grace);
        self.worker().end(self.ends, deadline);
        drop(self.entered.take());
        let worker = self.worker.take().and_then(Rc::into_inner);
        let worker = worker.expect("the context is gone, and nobody else keeps a worker");
        let shared = Arc::clone(&worker.shared);
        match &shared.kind {
            Kind::One(one) => one.put(worker.into_core()),
            Kind::Many(_) => {
                worker.local.park.leave();
                for task in worker.local.inject.close() {
                    task.give_up();
                }
            }
        }
    }
}
