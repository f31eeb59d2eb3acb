//! Threads on which code may block.
//!
//! Input: closures, as tasks. Output: their results, through the tasks' handles. Invariant: no more threads than the limit; whoever
//! waits in the queue when the pool is closed, or was cancelled by then, never runs. Non-goal: cancelling a closure that runs: it
//! runs to its end.

use super::context::{self, Context as Here};
use super::shared::Shared;
use crate::driver::Driver;
use crate::shim::threads::thread::{self, JoinHandle};
use crate::shim::threads::{Condvar, Mutex, MutexGuard};
use crate::task::{Ran, Schedule, Task, TaskRef};
use slab::Slab;
use std::collections::VecDeque;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::{Arc, OnceLock, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// What may be said about the pool.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// How many threads there may be.
    pub(crate) threads: usize,
    /// How long a thread waits for another closure.
    pub(crate) keep: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            threads: 512,
            keep: Duration::from_secs(10),
        }
    }
}

pub(crate) struct Pool {
    state: Mutex<State>,
    /// For the threads: there is work, or it is closed.
    work: Condvar,
    /// For whoever closes: a thread has left.
    left: Condvar,
    limits: Limits,
    name: String,
    /// The runtime that it is part of. The closures may spawn there.
    runtime: OnceLock<Weak<Shared>>,
    /// Whose clock doesn't go on while there are closures. The pool that all others share has none.
    driver: Option<Arc<Driver>>,
    own: Weak<Pool>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<TaskRef>,
    threads: usize,
    /// How many of them wait for work.
    idle: usize,
    /// How many of those were told of some.
    told: usize,
    closed: bool,
    handles: Slab<JoinHandle<()>>,
    /// Of the thread that left last. The next that leaves waits for it, the end for the last.
    last: Option<JoinHandle<()>>,
}

/// Runs a closure on a thread of this thread's runtime; or, where there is none, of a pool that all others share.
pub(crate) fn spawn<F, T>(code: F) -> Task<T>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    static ELSEWHERE: OnceLock<Arc<Pool>> = OnceLock::new();
    match context::current() {
        Some(context) => context.shared.pool.spawn(code),
        None => {
            let new = || Pool::new(Limits::default(), "costate-blocking".to_owned(), None);
            ELSEWHERE.get_or_init(new).spawn(code)
        }
    }
}

/// A closure, as the body of a task.
struct Body<F>(Option<F>);

impl<F> Unpin for Body<F> {}

impl<F: FnOnce() -> T, T> Future for Body<F> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        let code = self.0.take().expect("a task is run until it is complete");
        Poll::Ready(code())
    }
}

impl Pool {
    pub(crate) fn new(limits: Limits, name: String, driver: Option<Arc<Driver>>) -> Arc<Self> {
        Arc::new_cyclic(|own| Pool {
            state: Mutex::default(),
            work: Condvar::new(),
            left: Condvar::new(),
            limits,
            name,
            runtime: OnceLock::new(),
            driver,
            own: Weak::clone(own),
        })
    }

    pub(super) fn belongs_to(&self, runtime: Weak<Shared>) {
        let set = self.runtime.set(runtime);
        debug_assert!(set.is_ok(), "it is set once");
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn spawn<F, T>(self: &Arc<Self>, code: F) -> Task<T>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        let scheduler: Arc<dyn Schedule> = Arc::clone(self) as _;
        // The queue finds those that are to be dropped, so there is no list.
        let [queued, owned, handle] = TaskRef::new(Body(Some(code)), scheduler);
        drop(owned);
        queued.schedule();
        // SAFETY: it is the handle's reference, and `T` the task's output.
        unsafe { Task::new(handle) }.of_a_long_job()
    }

    fn push(self: &Arc<Self>, task: TaskRef) {
        if let Some(driver) = &self.driver {
            driver.asleep.begin_job();
        }
        let mut state = self.lock();
        if state.closed {
            drop(state);
            self.give_up(task);
            return;
        }
        state.queue.push_back(task);
        if state.idle > state.told {
            state.told += 1;
            drop(state);
            self.work.notify_one();
        } else if state.threads < self.limits.threads {
            let given_up = self.start(&mut state);
            drop(state);
            given_up.into_iter().for_each(|task| self.give_up(task));
        }
    }

    /// Drops a closure from the queue.
    fn give_up(&self, task: TaskRef) {
        task.give_up();
        self.end_job();
    }

    /// A closure from the queue has ended, and whoever waits for it was woken.
    fn end_job(&self) {
        if let Some(driver) = &self.driver {
            driver.end_job();
        }
    }

    /// Starts a thread. If the system has none, those that there are get to the queue; if there are none, it is given back.
    fn start(self: &Arc<Self>, state: &mut State) -> VecDeque<TaskRef> {
        let entry = state.handles.vacant_entry();
        let (pool, key) = (Arc::clone(self), entry.key());
        let thread = thread::Builder::new().name(self.name.clone());
        // Under the lock, so that the thread finds its handle when it leaves.
        match thread.spawn(move || pool.run(key)) {
            Ok(handle) => {
                entry.insert(handle);
                state.threads += 1;
                VecDeque::new()
            }
            Err(_) if state.threads > 0 => VecDeque::new(),
            Err(_) => mem::take(&mut state.queue),
        }
    }

    fn run(&self, key: usize) {
        let runtime = self.runtime.get().and_then(Weak::upgrade);
        let _entered = runtime.map(|shared| {
            context::enter(Here {
                shared,
                worker: None,
            })
        });
        while let Some(task) = self.next(key) {
            match task.run() {
                // It ran, or was cancelled before.
                Ran::Complete(_) | Ran::Idle => {}
                Ran::Again(task) => task.give_up(),
            }
            self.end_job();
        }
    }

    /// Waits for the next closure. `None`: there was none for long enough, or there won't be any, and the thread counts no more.
    fn next(&self, key: usize) -> Option<TaskRef> {
        let until = Instant::now() + self.limits.keep;
        let mut state = self.lock();
        loop {
            if let Some(task) = state.queue.pop_front() {
                return Some(task);
            }
            let left = until.saturating_duration_since(Instant::now());
            if state.closed || left.is_zero() {
                state.threads -= 1;
                let before = if state.closed {
                    None
                } else {
                    let own = state.handles.remove(key);
                    state.last.replace(own)
                };
                drop(state);
                self.left.notify_all();
                join(before);
                return None;
            }
            state.idle += 1;
            let waited = self.work.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
            state.idle -= 1;
            // Of those that wait any may take it that one was told.
            state.told = state.told.saturating_sub(1);
        }
    }

    /// Drops what hasn't started, and waits for what has, until `deadline`. Threads that are left end by themselves.
    pub(super) fn close(&self, deadline: Instant) {
        let mut state = self.lock();
        state.closed = true;
        let queue = mem::take(&mut state.queue);
        drop(state);
        self.work.notify_all();
        queue.into_iter().for_each(|task| self.give_up(task));
        let mut state = self.lock();
        while state.threads > 0 {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            let waited = self.left.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        let (handles, last) = (mem::take(&mut state.handles), state.last.take());
        drop(state);
        join(handles.into_iter().map(|(_, handle)| handle).chain(last));
    }
}

/// Waits until the threads, which have nothing more to do, are gone.
fn join(threads: impl IntoIterator<Item = JoinHandle<()>>) {
    for thread in threads {
        // What runs there is a task, which keeps its panics to itself.
        let _ = thread.join();
    }
}

// SAFETY: `schedule_here` gives the task back.
unsafe impl Schedule for Pool {
    fn schedule_here(&self, task: TaskRef) -> Result<(), TaskRef> {
        Err(task)
    }

    fn schedule(&self, task: TaskRef) {
        let own = self.own.upgrade();
        own.expect("whoever schedules has it").push(task);
    }
}
