//! Threads on which code may block.
//!
//! Input: closures, as tasks. Output: their results, through the tasks' handles. Invariant: no more threads than the limit; whoever
//! waits in the queue when the pool is closed, or was cancelled by then, never runs. Non-goal: cancelling a closure that runs: it
//! runs to its end.

use super::context::{self, Context as Here};
use super::shared::Shared;
use crate::task::{Ran, Schedule, Task, TaskRef};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::task::{Context, Poll};
use std::thread;
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
            let new = || Pool::new(Limits::default(), "costate-blocking".to_owned());
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
    pub(crate) fn new(limits: Limits, name: String) -> Arc<Self> {
        Arc::new_cyclic(|own| Pool {
            state: Mutex::default(),
            work: Condvar::new(),
            left: Condvar::new(),
            limits,
            name,
            runtime: OnceLock::new(),
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
        unsafe { Task::new(handle) }
    }

    fn push(self: &Arc<Self>, task: TaskRef) {
        let mut state = self.lock();
        if state.closed {
            drop(state);
            task.give_up();
            return;
        }
        state.queue.push_back(task);
        if state.idle > state.told {
            state.told += 1;
            drop(state);
            self.work.notify_one();
        } else if state.threads < self.limits.threads {
            state.threads += 1;
            drop(state);
            self.start();
        }
    }

    fn start(self: &Arc<Self>) {
        let pool = Arc::clone(self);
        let thread = thread::Builder::new().name(self.name.clone());
        if thread.spawn(move || pool.run()).is_err() {
            let mut state = self.lock();
            state.threads -= 1;
            // Those that there are get to it. If there is none, nobody does.
            let given_up = if state.threads == 0 {
                std::mem::take(&mut state.queue)
            } else {
                VecDeque::new()
            };
            drop(state);
            for task in given_up {
                task.give_up();
            }
        }
    }

    fn run(&self) {
        let runtime = self.runtime.get().and_then(Weak::upgrade);
        let _entered = runtime.map(|shared| {
            context::enter(Here {
                shared,
                worker: None,
            })
        });
        while let Some(task) = self.next() {
            match task.run() {
                // It ran, or was cancelled before.
                Ran::Complete(_) | Ran::Idle => {}
                Ran::Again(task) => task.give_up(),
            }
        }
    }

    /// Waits for the next closure. `None`: there was none for long enough, or there won't be any, and the thread counts no more.
    fn next(&self) -> Option<TaskRef> {
        let until = Instant::now() + self.limits.keep;
        let mut state = self.lock();
        loop {
            if let Some(task) = state.queue.pop_front() {
                return Some(task);
            }
            let left = until.saturating_duration_since(Instant::now());
            if state.closed || left.is_zero() {
                state.threads -= 1;
                drop(state);
                self.left.notify_all();
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
        let queue = std::mem::take(&mut state.queue);
        drop(state);
        self.work.notify_all();
        for task in queue {
            task.give_up();
        }
        let mut state = self.lock();
        while state.threads > 0 {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            let waited = self.left.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
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
