//! The tasks of a runtime with several workers, so that its end finds them all.
//!
//! Input: tasks as they are spawned and as they end. Output: those that there are. Invariant: a task is here from its spawn to
//! its completion; after [`Owned::close`] nothing gets in. Tasks are spread over several lists by their number, so
//! that workers seldom meet at a lock.

use crate::shim::threads::{Mutex, MutexGuard, Ordering};
use crate::task::TaskRef;
use slab::Slab;
use std::sync::PoisonError;

#[derive(Default)]
struct List {
    tasks: Slab<TaskRef>,
    closed: bool,
}

pub(super) struct Owned(Box<[Mutex<List>]>);

fn lock(list: &Mutex<List>) -> MutexGuard<'_, List> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Owned {
    pub(super) fn new(workers: usize) -> Self {
        // A schedule that is to be the same each time doesn't depend on the tasks' numbers.
        let lists = match cfg!(all(test, shuttle)) {
            true => 1,
            false => (4 * workers).next_power_of_two(),
        };
        Owned((0..lists).map(|_| Mutex::default()).collect())
    }

    fn list(&self, task: &TaskRef) -> &Mutex<List> {
        &self.0[task.number() & (self.0.len() - 1)]
    }

    /// Takes a new task, or gives it back if the runtime is about to end.
    pub(super) fn insert(&self, task: TaskRef) -> Result<(), TaskRef> {
        let mut list = lock(self.list(&task));
        if list.closed {
            return Err(task);
        }
        let entry = list.tasks.vacant_entry();
        task.header().place.store(entry.key(), Ordering::Relaxed);
        entry.insert(task);
        Ok(())
    }

    /// Forgets a task that is complete. It does nothing if that isn't here.
    pub(super) fn remove(&self, task: &TaskRef) {
        let place = task.header().place.load(Ordering::Relaxed);
        let removed = lock(self.list(task)).tasks.try_remove(place);
        // Dropped without the lock.
        drop(removed);
    }

    /// Lets nothing in any more.
    pub(super) fn close(&self) {
        for list in &self.0 {
            lock(list).closed = true;
        }
    }

    pub(super) fn all(&self) -> Vec<TaskRef> {
        let tasks = |list| -> Vec<TaskRef> {
            let list: MutexGuard<'_, List> = lock(list);
            list.tasks.iter().map(|(_, task)| task.clone()).collect()
        };
        self.0.iter().flat_map(tasks).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|list| lock(list).tasks.is_empty())
    }
}
