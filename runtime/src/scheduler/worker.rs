//! What runs tasks on a thread, and lets the thread wait for more.
//!
//! Input: tasks, spawned here or woken from anywhere. Output: polls. Invariant: a task that belongs to this thread and isn't complete is
//! on the list of owned tasks, so that the end finds it; it is run and its body
//! dropped by this thread alone.
//!
//! A runtime on one thread has one worker, which owns all tasks. In one with several threads a worker owns those of
//! `spawn_local`, and the others are in queues that all workers share: see [`stealing`](super::stealing).

use super::context;
use super::local::Local;
use super::shared::Shared;
use super::stealing::Stealing;
use crate::driver::{Pause, Turn};
use crate::shim::threads::{AtomicBool, Ordering, thread};
use crate::task::{NOWHERE, Ran, Schedule, Task, TaskRef, contain};
use slab::Slab;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::time::Instant;

/// After how many tasks the driver has a turn although there are more.
pub(super) const TASKS_A_TURN: usize = 61;

/// What a worker is in its runtime.
pub(crate) enum Role {
    /// The only one: it has the driver.
    Only,
    /// The thread that called `block_on` of a runtime with threads of its own. It runs the future, and what that
    /// spawns locally.
    Guest,
    /// One of several.
    OneOf(Stealing),
}

/// Whom the end of something concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whom {
    Nobody,
    /// Tasks that can't go to another thread.
    Bound,
    All,
}

/// What of a worker outlives its stay on a thread.
#[derive(Default)]
pub(crate) struct Core {
    queue: RefCell<VecDeque<TaskRef>>,
    owned: RefCell<Slab<Owned>>,
    /// How many of them are bound to the thread.
    bound: Cell<usize>,
    /// Wakers that go behind the sockets and timers that are ready.
    deferred: RefCell<Vec<Waker>>,
    wakers: RefCell<Vec<Waker>>,
    /// Whose end it is: what is spawned now is cancelled at once.
    ending: Cell<Ending>,
}

/// The default of [`Whom`] in a cell.
#[derive(Clone, Copy)]
struct Ending(Whom);

impl Default for Ending {
    fn default() -> Self {
        Ending(Whom::Nobody)
    }
}

struct Owned {
    task: TaskRef,
    bound: bool,
}

pub(crate) struct Worker {
    pub(crate) shared: Arc<Shared>,
    pub(crate) local: Arc<Local>,
    pub(super) role: Role,
    core: Core,
}

/// The future of `block_on`, as its waker sees it.
pub(super) struct Main {
    woken: AtomicBool,
    local: Arc<Local>,
}

impl Wake for Main {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.woken.swap(true, Ordering::AcqRel) && !self.local.is_here() {
            self.local.park.unpark();
        }
    }
}

impl Worker {
    pub(super) fn new(shared: Arc<Shared>, local: Arc<Local>, role: Role, core: Core) -> Self {
        Worker {
            shared,
            local,
            role,
            core,
        }
    }

    /// Leaves the thread. All that was bound to it has ended.
    pub(super) fn into_core(self) -> Core {
        debug_assert_eq!(self.core.bound.get(), 0);
        self.core.ending.set(Ending::default());
        self.core
    }

    /// Its number among the runtime's workers. `None`: it is a guest.
    pub(super) fn index(&self) -> Option<usize> {
        match &self.role {
            Role::Only => Some(0),
            Role::Guest => None,
            Role::OneOf(stealing) => Some(stealing.index()),
        }
    }

    /// Puts one of its tasks in the queue.
    pub(super) fn push(&self, task: TaskRef) {
        self.core.queue.borrow_mut().push_back(task);
    }

    /// Starts a task that may go to another thread with the core, but not alone.
    pub(crate) fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        self.start(future, false)
    }

    /// Starts a task that stays on this thread.
    pub(crate) fn spawn_local<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        self.start(future, true)
    }

    fn start<F>(&self, future: F, bound: bool) -> Task<F::Output>
    where
        F: Future + 'static,
        F::Output: 'static,
    {
        let scheduler: Arc<dyn Schedule> = Arc::clone(&self.local) as _;
        let [queued, owned, handle] = TaskRef::new(future, scheduler);
        if self.is_ending_for(bound) {
            drop(owned);
            queued.give_up();
        } else {
            self.own(owned, bound);
            self.push(queued);
        }
        // SAFETY: it is the handle's reference, and `F::Output` the task's output.
        unsafe { Task::new(handle) }
    }

    fn is_ending_for(&self, bound: bool) -> bool {
        match self.core.ending.get().0 {
            Whom::Nobody => false,
            Whom::Bound => bound,
            Whom::All => true,
        }
    }

    fn own(&self, task: TaskRef, bound: bool) {
        let mut all = self.core.owned.borrow_mut();
        let entry = all.vacant_entry();
        task.header().place.store(entry.key(), Ordering::Relaxed);
        entry.insert(Owned { task, bound });
        if bound {
            self.core.bound.set(self.core.bound.get() + 1);
            if let Role::OneOf(_) = self.role {
                self.shared.many().count_bound();
            }
        }
    }

    fn disown(&self, task: &TaskRef) {
        let place = task.header().place.load(Ordering::Relaxed);
        let owned = self.core.owned.borrow_mut().remove(place);
        if owned.bound {
            self.core.bound.set(self.core.bound.get() - 1);
            if let Role::OneOf(_) = self.role {
                self.shared.many().bound_is_gone();
            }
        }
        // Dropped without the borrow.
        drop(owned);
    }

    /// Runs `main` to its end, and tasks meanwhile.
    pub(crate) fn run<F: Future>(&self, mut main: Pin<&mut F>) -> F::Output {
        let wakes = Arc::new(Main {
            woken: AtomicBool::new(true),
            local: Arc::clone(&self.local),
        });
        let waker = Waker::from(Arc::clone(&wakes));
        let mut cx = Context::from_waker(&waker);
        loop {
            if wakes.woken.swap(false, Ordering::AcqRel) {
                let polled = context::budgeted(|| main.as_mut().poll(&mut cx));
                if let Poll::Ready(output) = polled {
                    return output;
                }
            }
            self.run_tasks();
            self.turn(None, || wakes.woken.load(Ordering::Acquire));
        }
    }

    fn run_tasks(&self) {
        self.take_over();
        for _ in 0..TASKS_A_TURN {
            let Some(task) = self.next() else {
                return;
            };
            self.run_one(task);
        }
    }

    pub(super) fn run_one(&self, task: TaskRef) {
        match context::budgeted(|| task.run()) {
            Ran::Idle => {}
            Ran::Again(task) => self.push(task),
            Ran::Complete(task) => self.disown(&task),
        }
    }

    pub(super) fn next(&self) -> Option<TaskRef> {
        self.core.queue.borrow_mut().pop_front()
    }

    /// Takes over what other threads have woken or spawned.
    pub(super) fn take_over(&self) {
        if self.local.inject.is_empty() {
            return;
        }
        let mut new = VecDeque::new();
        self.local.inject.drain_to(&mut new);
        for task in new {
            if task.header().place.load(Ordering::Relaxed) == NOWHERE {
                if self.is_ending_for(false) {
                    task.give_up();
                    continue;
                }
                self.own(task.clone(), false);
            }
            self.push(task);
        }
    }

    /// Whether there is something to run, or to wake.
    pub(super) fn is_busy(&self) -> bool {
        !self.core.queue.borrow().is_empty()
            || !self.core.deferred.borrow().is_empty()
            || !self.local.inject.is_empty()
    }

    /// Waits, but no longer than `limit`, if there is nothing to run.
    fn turn(&self, limit: Option<Instant>, is_woken: impl FnOnce() -> bool) {
        let busy = self.is_busy() || is_woken();
        match &self.role {
            Role::Only => self.turn_driver(if busy {
                Pause::None
            } else {
                Pause::Until(limit)
            }),
            // At the end of a worker's life the others have the driver.
            Role::Guest | Role::OneOf(_) if busy => {}
            Role::Guest | Role::OneOf(_) => _ = self.local.park.sleep(limit),
        }
        self.wake_deferred();
    }

    /// Gives the driver a turn, if no other thread has it, and wakes what is ready.
    pub(super) fn turn_driver(&self, pause: Pause) {
        if self.try_turn_driver(pause) == Turn::Done {
            self.wake_ready();
        }
    }

    /// As [`Worker::turn_driver`], without the wakes.
    pub(super) fn try_turn_driver(&self, pause: Pause) -> Turn {
        let wakers = &mut self.core.wakers.borrow_mut();
        let driver = &self.shared.driver;
        driver.turn(&self.local.park.parker, pause, wakers)
    }

    /// Wakes what the last turn of the driver has found.
    pub(super) fn wake_ready(&self) {
        wake_all(&self.core.wakers);
    }

    /// Wakes what was to go behind the driver's turn.
    pub(super) fn wake_deferred(&self) {
        wake_all(&self.core.deferred);
    }

    /// Wakes `waker` after the next turn of the driver.
    pub(super) fn defer(&self, waker: &Waker) {
        let waker = waker.clone();
        self.core.deferred.borrow_mut().push(waker);
    }

    /// From now on, what is spawned is cancelled at once, if it `whom` concerns; what is there is cancelled now.
    pub(super) fn cancel(&self, whom: Whom) {
        if self.core.ending.replace(Ending(whom)).0 == whom {
            return;
        }
        for task in self.those(whom) {
            task.cancel();
        }
    }

    /// Cancels tasks and waits for their clean-up, until `deadline`; then drops them where they stand.
    pub(super) fn end(&self, whom: Whom, deadline: Instant) {
        self.cancel(whom);
        while self.has(whom) && Instant::now() < deadline {
            self.run_tasks();
            if self.has(whom) {
                self.turn(Some(deadline), || false);
            }
        }
        self.force(whom);
    }

    fn has(&self, whom: Whom) -> bool {
        match whom {
            Whom::Nobody => false,
            Whom::Bound => self.core.bound.get() > 0,
            Whom::All => !self.core.owned.borrow().is_empty(),
        }
    }

    fn those(&self, whom: Whom) -> Vec<TaskRef> {
        let all = self.core.owned.borrow();
        all.iter()
            .filter(|(_, owned)| whom == Whom::All || owned.bound)
            .map(|(_, owned)| owned.task.clone())
            .collect()
    }

    fn concerns(&self, whom: Whom, task: &TaskRef) -> bool {
        let place = task.header().place.load(Ordering::Relaxed);
        whom == Whom::All || self.core.owned.borrow()[place].bound
    }

    /// Drops the bodies that are left, wherever they stand.
    fn force(&self, whom: Whom) {
        for task in self.those(whom) {
            task.wake();
        }
        let mut others = VecDeque::new();
        while self.has(whom) {
            self.take_over();
            while let Some(task) = self.next() {
                if self.concerns(whom, &task) {
                    task.give_up();
                    self.disown(&task);
                } else {
                    others.push_back(task);
                }
            }
            if self.has(whom) {
                // Another thread is about to queue a task that it has just woken.
                thread::yield_now();
            }
        }
        self.core.queue.borrow_mut().append(&mut others);
    }
}

/// Wakes all that is in there, without borrowing it meanwhile, and keeps the room for the next time.
fn wake_all(place: &RefCell<Vec<Waker>>) {
    let mut wakers = mem::take(&mut *place.borrow_mut());
    for waker in wakers.drain(..) {
        contain(|| waker.wake());
    }
    let mut kept = place.borrow_mut();
    if kept.is_empty() {
        *kept = wakers;
    }
}
