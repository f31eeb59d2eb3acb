//! The worker: runs the tasks that are ready, then lets the driver wait for more.
//!
//! Input: tasks, spawned here or woken from anywhere. Output: polls. Invariant: every task that was spawned and isn't complete is
//! on the list of owned tasks, so that the end of the runtime finds it; a task is run and its body
//! dropped by this thread alone. Non-goal: more than one worker, which needs a list and queues that can be shared.

use super::context;
use super::inject::Inject;
use crate::driver::{Buffers, Driver, Pause};
use crate::task::{Ran, Schedule, Task, TaskRef, contain};
use slab::Slab;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::io;
use std::mem;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

/// After how many tasks the driver has a turn although there are more.
const TASKS_A_TURN: usize = 61;
/// How long the clean-up of what was cancelled at the end may take.
const GRACE: Duration = Duration::from_secs(5);

/// The part of a worker that other threads reach.
pub(crate) struct Shared {
    inject: Inject,
    pub(crate) driver: Arc<Driver>,
}

pub(crate) struct Worker {
    pub(crate) shared: Arc<Shared>,
    main: Arc<Main>,
    queue: RefCell<VecDeque<TaskRef>>,
    owned: RefCell<Slab<TaskRef>>,
    /// Wakers that go behind the sockets and timers that are ready.
    deferred: RefCell<Vec<Waker>>,
    buffers: RefCell<Buffers>,
    /// Whether the runtime is about to end: what is spawned now is cancelled at once.
    closing: Cell<bool>,
}

/// The future that `block_on` runs, as its waker sees it.
struct Main {
    woken: AtomicBool,
    shared: Arc<Shared>,
}

impl Shared {
    /// Whether this thread is the worker.
    fn is_here(&self) -> bool {
        context::with(|worker| worker.is_some_and(|worker| std::ptr::eq(&*worker.shared, self)))
    }
}

impl Schedule for Shared {
    fn schedule(&self, task: TaskRef) {
        let mut task = Some(task);
        context::with(|worker| {
            if let Some(worker) = worker.filter(|worker| std::ptr::eq(&*worker.shared, self)) {
                worker.queue.borrow_mut().extend(task.take());
            }
        });
        if let Some(task) = task {
            self.inject.push(task);
            self.driver.unpark();
        }
    }
}

impl Wake for Main {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.woken.swap(true, Ordering::AcqRel) && !self.shared.is_here() {
            self.shared.driver.unpark();
        }
    }
}

impl Worker {
    pub(crate) fn new() -> io::Result<Self> {
        let shared = Arc::new(Shared {
            inject: Inject::default(),
            driver: Arc::new(Driver::new()?),
        });
        Ok(Worker {
            main: Arc::new(Main {
                woken: AtomicBool::new(true),
                shared: Arc::clone(&shared),
            }),
            shared,
            queue: RefCell::default(),
            owned: RefCell::default(),
            deferred: RefCell::default(),
            buffers: RefCell::default(),
            closing: Cell::new(false),
        })
    }

    /// Starts a task on this thread.
    pub(crate) fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let scheduler: Arc<dyn Schedule> = Arc::clone(&self.shared) as _;
        let [queued, owned, handle] = TaskRef::new(future, scheduler);
        if self.closing.get() {
            drop(owned);
            queued.give_up();
        } else {
            let place = self.owned.borrow_mut().insert(owned);
            handle.header().place.store(place, Ordering::Relaxed);
            self.queue.borrow_mut().push_back(queued);
        }
        // SAFETY: it is the handle's reference, and `F::Output` the task's output.
        unsafe { Task::new(handle) }
    }

    /// Runs `main` to its end, and tasks meanwhile.
    pub(crate) fn run<F: Future>(&self, mut main: Pin<&mut F>) -> F::Output {
        let waker = Waker::from(Arc::clone(&self.main));
        let mut cx = Context::from_waker(&waker);
        loop {
            if self.main.woken.swap(false, Ordering::AcqRel) {
                let polled = context::budgeted(|| main.as_mut().poll(&mut cx));
                if let Poll::Ready(output) = polled {
                    return output;
                }
            }
            self.run_tasks();
            self.turn(None);
        }
    }

    fn run_tasks(&self) {
        self.shared.inject.drain_to(&mut self.queue.borrow_mut());
        for _ in 0..TASKS_A_TURN {
            let Some(task) = self.next() else {
                return;
            };
            match context::budgeted(|| task.run()) {
                Ran::Idle => {}
                Ran::Again(task) => self.queue.borrow_mut().push_back(task),
                Ran::Complete(task) => self.disown(&task),
            }
        }
    }

    fn next(&self) -> Option<TaskRef> {
        self.queue.borrow_mut().pop_front()
    }

    fn disown(&self, task: &TaskRef) {
        let place = task.header().place.load(Ordering::Relaxed);
        let owned = self.owned.borrow_mut().remove(place);
        // Dropped without the borrow.
        drop(owned);
    }

    /// Lets the driver wait, but no longer than `limit`, if there is nothing to run.
    fn turn(&self, limit: Option<Instant>) {
        let busy = !self.queue.borrow().is_empty()
            || !self.deferred.borrow().is_empty()
            || !self.shared.inject.is_empty()
            || self.main.woken.load(Ordering::Acquire);
        let pause = if busy {
            Pause::None
        } else {
            Pause::Until(limit)
        };
        // The driver runs wakers of the user's, none of which can come back here.
        self.shared
            .driver
            .turn(pause, &mut self.buffers.borrow_mut());
        let mut deferred = mem::take(&mut *self.deferred.borrow_mut());
        for waker in deferred.drain(..) {
            contain(|| waker.wake());
        }
        let mut kept = self.deferred.borrow_mut();
        if kept.is_empty() {
            // Keeps the room for the next turn.
            *kept = deferred;
        }
    }

    /// Wakes `waker` after the next turn of the driver.
    pub(super) fn defer(&self, waker: &Waker) {
        let waker = waker.clone();
        self.deferred.borrow_mut().push(waker);
    }

    /// Cancels all tasks and waits for their clean-up, but no longer than `grace`.
    pub(crate) fn shutdown(&self, grace: Duration) {
        self.closing.set(true);
        let owned: Vec<TaskRef> = self
            .owned
            .borrow()
            .iter()
            .map(|(_, task)| task.clone())
            .collect();
        for task in owned {
            task.cancel();
        }
        // The future of `block_on` is gone; its waker must not keep the worker busy.
        let deadline = Instant::now() + grace;
        while !self.owned.borrow().is_empty() && Instant::now() < deadline {
            self.main.woken.store(false, Ordering::Release);
            self.run_tasks();
            if !self.owned.borrow().is_empty() {
                self.turn(Some(deadline));
            }
        }
        self.force();
        self.shared.driver.reactor.shutdown();
    }

    /// Drops the bodies that are left, wherever they stand.
    fn force(&self) {
        let owned: Vec<TaskRef> = self
            .owned
            .borrow()
            .iter()
            .map(|(_, task)| task.clone())
            .collect();
        for task in owned {
            task.wake();
        }
        while !self.owned.borrow().is_empty() {
            self.shared.inject.drain_to(&mut self.queue.borrow_mut());
            while let Some(task) = self.next() {
                task.give_up();
                self.disown(&task);
            }
            if !self.owned.borrow().is_empty() {
                // Another thread is about to queue a task that it has just woken.
                std::thread::yield_now();
            }
        }
    }
}

/// This thread as a worker, until the end of the scope.
pub(crate) struct Running(pub(crate) Rc<Worker>);

impl Running {
    pub(crate) fn enter(worker: Worker) -> Self {
        let worker = Rc::new(worker);
        context::enter(&worker);
        Running(worker)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.shutdown(GRACE);
        context::leave();
    }
}
