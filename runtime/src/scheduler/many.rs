//! What the workers of a runtime with several share.
//!
//! Input: tasks that any worker may run. Output: a worker that runs each. Invariant: whoever queues a task wakes a worker if
//! none looks for work ([`idle`](super::idle)). It begins as running; then it is closing, in which nothing is spawned and
//! everything cancelled; then it has stopped, and workers leave.

use super::count::Count;
use super::idle::Idle;
use super::inject::Inject;
use super::local::Local;
use super::owned::{Open, Owned};
use super::watch::Watch;
use crate::shim::threads::thread::JoinHandle;
use crate::shim::threads::{AtomicU8, AtomicUsize, Condvar, Mutex, MutexGuard, Ordering};
use crate::task::{NOWHERE, TaskRef};
use st3::fifo::Stealer;
use std::mem;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

/// How far the runtime's life has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Phase {
    Running,
    Closing,
    Stopped,
}

/// A worker, as the others see it.
pub(super) struct Remote {
    pub(super) stealer: Stealer<TaskRef>,
    pub(super) local: Arc<Local>,
}

pub(crate) struct Many {
    pub(super) inject: Inject,
    pub(super) owned: Owned,
    pub(super) idle: Idle,
    pub(super) watch: Watch,
    count: Count,
    pub(super) remotes: Box<[Remote]>,
    phase: AtomicU8,
    /// How many tasks belong to one of the workers alone.
    bound: AtomicUsize,
    /// How many workers haven't left.
    workers: AtomicUsize,
    /// How many of them know that it is closing: what they spawn from then on is cancelled at once.
    know: AtomicUsize,
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// Whoever waits for the end is told of each step.
    step: Mutex<()>,
    stepped: Condvar,
}

impl Many {
    pub(super) fn new(remotes: Box<[Remote]>) -> Self {
        Many {
            inject: Inject::default(),
            owned: Owned::new(remotes.len()),
            idle: Idle::new(remotes.len()),
            watch: Watch::default(),
            count: Count::new(remotes.len()),
            phase: AtomicU8::new(Phase::Running as u8),
            bound: AtomicUsize::new(0),
            workers: AtomicUsize::new(remotes.len()),
            know: AtomicUsize::new(0),
            threads: Mutex::default(),
            remotes,
            step: Mutex::new(()),
            stepped: Condvar::new(),
        }
    }

    /// Queues a task from outside of the workers.
    pub(super) fn push(&self, task: TaskRef) {
        match self.inject.push(task) {
            Ok(()) => self.wake_one(),
            // The runtime has ended, and its workers are gone.
            Err(task) => {
                task.give_up();
                self.disown(None, &task);
            }
        }
    }

    /// A worker, or a thread that is none, is about to queue a new task. `false`: the runtime is about to end, and it mustn't.
    #[must_use]
    pub(super) fn begin(&self, worker: Option<usize>) -> bool {
        self.count.spawn(worker);
        if self.phase() == Phase::Running {
            return true;
        }
        self.end(worker);
        false
    }

    fn end(&self, worker: Option<usize>) {
        self.count.end(worker);
        self.tell();
    }

    /// A task suspends that this thread runs.
    pub(super) fn suspends(&self, task: &TaskRef) {
        if task.header().place.load(Ordering::Relaxed) != NOWHERE {
            return;
        }
        // SAFETY: tasks that others may run own themselves from the spawn on, until they have a place.
        let own = unsafe { task.take_own() };
        if self.owned.insert(own) == Open::No {
            task.cancel();
        }
    }

    /// As [`Many::push`], of several.
    pub(super) fn push_all(&self, tasks: impl Iterator<Item = TaskRef>) {
        for task in self.inject.push_all(tasks) {
            task.give_up();
            self.disown(None, &task);
        }
        self.wake_one();
    }

    /// Wakes a worker, if none looks for work.
    pub(super) fn wake_one(&self) {
        if let Some(worker) = self.idle.wake_one() {
            self.remotes[worker].local.park.unpark();
        }
    }

    /// Forgets a task that is complete, on this worker or on a thread that is none.
    pub(super) fn disown(&self, worker: Option<usize>, task: &TaskRef) {
        if task.header().place.load(Ordering::Relaxed) == NOWHERE {
            // SAFETY: as in `suspends`, and a task completes once.
            drop(unsafe { task.take_own() });
        } else {
            self.owned.remove(task);
        }
        self.end(worker);
    }

    /// A worker knows that the runtime is closing.
    pub(super) fn knows(&self) {
        self.know.fetch_add(1, Ordering::SeqCst);
        self.tell();
    }

    pub(super) fn count_bound(&self) {
        self.bound.fetch_add(1, Ordering::AcqRel);
    }

    pub(super) fn bound_is_gone(&self) {
        self.bound.fetch_sub(1, Ordering::AcqRel);
        self.tell();
    }

    /// Keeps the handle of a worker's thread, for the end.
    pub(super) fn keep(&self, thread: JoinHandle<()>) {
        self.threads().push(thread);
    }

    fn threads(&self) -> MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn worker_is_gone(&self) {
        self.workers.fetch_sub(1, Ordering::AcqRel);
        self.tell();
    }

    fn tell(&self) {
        if self.phase() != Phase::Running {
            drop(self.step.lock().unwrap_or_else(PoisonError::into_inner));
            self.stepped.notify_all();
        }
    }

    pub(super) fn phase(&self) -> Phase {
        match self.phase.load(Ordering::SeqCst) {
            0 => Phase::Running,
            1 => Phase::Closing,
            _ => Phase::Stopped,
        }
    }

    fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Ordering::SeqCst);
        for remote in &self.remotes {
            remote.local.park.unpark();
        }
    }

    /// Lets nothing be spawned any more, and cancels everything.
    pub(super) fn close(&self) {
        self.owned.close();
        self.enter(Phase::Closing);
        for task in self.owned.all() {
            task.cancel();
        }
    }

    /// Waits until all tasks have ended.
    pub(super) fn wait_for_tasks(&self, deadline: Instant) {
        self.wait(deadline, || {
            // A worker that doesn't know may be about to queue one, of which nobody has heard.
            self.know.load(Ordering::SeqCst) >= self.workers.load(Ordering::Acquire)
                && self.bound.load(Ordering::Acquire) == 0
                && self.count.is_none()
        });
    }

    /// Sends the workers away, and waits until they have left. What they leave behind is dropped where it stands. A worker whose
    /// task doesn't come back is not waited for.
    pub(super) fn stop(&self, deadline: Instant) {
        self.enter(Phase::Stopped);
        self.wait(deadline, || self.workers.load(Ordering::Acquire) == 0);
        if self.workers.load(Ordering::Acquire) == 0 {
            for thread in mem::take(&mut *self.threads()) {
                // A worker contains all panics but its own, of which the panic hook has told.
                let _ = thread.join();
            }
        }
        for task in self.owned.all() {
            // Those that are idle get into the queue by this, as if they were woken.
            task.wake();
        }
        while let Some(task) = self.inject.pop() {
            task.give_up();
            self.disown(None, &task);
        }
        for task in self.inject.close() {
            task.give_up();
            self.disown(None, &task);
        }
    }

    fn wait(&self, deadline: Instant, done: impl Fn() -> bool) {
        let mut step = self.step.lock().unwrap_or_else(PoisonError::into_inner);
        while !done() {
            let left = deadline.saturating_duration_since(Instant::now());
            if left == Duration::ZERO {
                return;
            }
            let waited = self.stepped.wait_timeout(step, left);
            step = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
