//! The queue of tasks that other threads wake.
//!
//! Input: tasks from anywhere. Output: the same tasks, in order, to the worker. Invariant: whoever pushes unparks
//! the worker afterwards (see [`parker`](super::parker)).

use crate::task::TaskRef;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

#[derive(Default)]
pub(crate) struct Inject {
    tasks: Mutex<VecDeque<TaskRef>>,
    /// How many there are, to be read without the lock. Written under it.
    len: AtomicUsize,
}

impl Inject {
    pub(crate) fn push(&self, task: TaskRef) {
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.push_back(task);
        self.len.store(tasks.len(), Ordering::Release);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len.load(Ordering::Acquire) == 0
    }

    /// Moves all tasks to the end of `queue`.
    pub(crate) fn drain_to(&self, queue: &mut VecDeque<TaskRef>) {
        if self.is_empty() {
            return;
        }
        let mut tasks = self.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        self.len.store(0, Ordering::Release);
        queue.append(&mut tasks);
    }
}
