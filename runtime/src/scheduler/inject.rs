//! The queue of tasks that other threads wake or spawn.
//!
//! Input: tasks from anywhere. Output: the same tasks, in order, to whoever runs them. Invariant: whoever pushes unparks
//! somebody afterwards (see [`parker`](super::parker)); after [`Inject::close`] nothing gets in.

use crate::shim::threads::{AtomicUsize, Mutex, MutexGuard, Ordering};
use crate::task::TaskRef;
use std::collections::VecDeque;
use std::sync::PoisonError;

#[derive(Default)]
pub(crate) struct Inject {
    queue: Mutex<Queue>,
    /// How many there are, to be read without the lock. Written under it.
    len: AtomicUsize,
}

#[derive(Default)]
struct Queue {
    tasks: VecDeque<TaskRef>,
    closed: bool,
}

impl Inject {
    /// Takes the task, or gives it back if the queue is closed.
    pub(crate) fn push(&self, task: TaskRef) -> Result<(), TaskRef> {
        let mut queue = self.lock();
        if queue.closed {
            return Err(task);
        }
        queue.tasks.push_back(task);
        // Sequentially consistent: whoever is about to sleep looks here after saying so, and whoever pushes
        // looks for sleepers after pushing. One sees the other.
        self.len.store(queue.tasks.len(), Ordering::SeqCst);
        Ok(())
    }

    /// As [`Inject::push`], of several. Gives back those that it didn't take.
    pub(crate) fn push_all(&self, mut tasks: impl Iterator<Item = TaskRef>) -> Vec<TaskRef> {
        let mut queue = self.lock();
        if !queue.closed {
            queue.tasks.extend(&mut tasks);
            self.len.store(queue.tasks.len(), Ordering::SeqCst);
        }
        drop(queue);
        tasks.collect()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.len.load(Ordering::SeqCst) == 0
    }

    pub(crate) fn pop(&self) -> Option<TaskRef> {
        if self.is_empty() {
            return None;
        }
        let mut queue = self.lock();
        let task = queue.tasks.pop_front();
        self.len.store(queue.tasks.len(), Ordering::SeqCst);
        task
    }

    /// Moves all tasks to the end of `to`.
    pub(crate) fn drain_to(&self, to: &mut VecDeque<TaskRef>) {
        if self.is_empty() {
            return;
        }
        let mut queue = self.lock();
        self.len.store(0, Ordering::SeqCst);
        to.append(&mut queue.tasks);
    }

    /// Gives one task to the caller, and the fair share of `sharers`, but no more than `most`, to `to`.
    pub(crate) fn share(
        &self,
        sharers: usize,
        most: usize,
        mut to: impl FnMut(TaskRef),
    ) -> Option<TaskRef> {
        if self.is_empty() {
            return None;
        }
        let mut queue = self.lock();
        let first = queue.tasks.pop_front()?;
        let share = (queue.tasks.len() / sharers).min(most);
        // `to` pushes to another queue and runs nothing of the user's.
        queue.tasks.drain(..share).for_each(&mut to);
        self.len.store(queue.tasks.len(), Ordering::SeqCst);
        Some(first)
    }

    /// Lets nothing in any more. What is in there is given back.
    pub(crate) fn close(&self) -> VecDeque<TaskRef> {
        let mut queue = self.lock();
        queue.closed = true;
        self.len.store(0, Ordering::SeqCst);
        std::mem::take(&mut queue.tasks)
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
