//! The tasks of a runtime with several workers that have suspended, so that its end finds them all.
//!
//! Input: tasks as they suspend for the first time, and as they end. Output: those that there are. Invariant: a task is here from
//! its first suspension to its completion; before that it is in a queue or being run, so that many tasks, which never suspend, come
//! past no lock. After [`Owned::close`] whoever puts one in is told to cancel it. Tasks are spread over several lists by their number,
//! so that workers seldom meet at a lock.

use crate::shim::threads::{Mutex, MutexGuard, Ordering};
use crate::task::TaskRef;
use slab::Slab;
use std::sync::PoisonError;

#[derive(Default)]
struct List {
    tasks: Slab<TaskRef>,
    closed: bool,
}

/// Whether the runtime goes on.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    Yes,
    /// Cancel the task.
    No,
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

    /// Takes a task that suspends for the first time, with its own reference.
    pub(super) fn insert(&self, task: TaskRef) -> Open {
        let mut list = lock(self.list(&task));
        let open = if list.closed { Open::No } else { Open::Yes };
        let entry = list.tasks.vacant_entry();
        task.header().place.store(entry.key(), Ordering::Relaxed);
        entry.insert(task);
        open
    }

    /// Forgets a task that is complete.
    pub(super) fn remove(&self, task: &TaskRef) {
        let place = task.header().place.load(Ordering::Relaxed);
        let removed = lock(self.list(task)).tasks.try_remove(place);
        // Dropped without the lock.
        drop(removed);
    }

    /// From now on, what comes in is to be cancelled.
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
}
