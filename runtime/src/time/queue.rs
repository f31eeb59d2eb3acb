//! The deadlines of one runtime, in order.
//!
//! Input: deadlines with wakers. Output: the next deadline, and the wakers of those that have passed. Invariant: an
//! entry is there until it has expired or was removed; its key tells entries with the same
//! deadline apart, in the order in which they were made.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;
use std::time::Instant;

/// An entry's name, and its place in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(Instant, u64);

#[derive(Default)]
struct Entries {
    wakers: BTreeMap<Key, Waker>,
    made: u64,
}

pub(crate) struct Timers(Mutex<Entries>);

impl Timers {
    pub(crate) fn new() -> Self {
        Timers(Mutex::default())
    }

    /// Called on the worker's own thread, which looks for the next deadline before it waits.
    pub(crate) fn insert(&self, deadline: Instant, waker: Waker) -> Key {
        let mut entries = self.lock();
        entries.made += 1;
        let key = Key(deadline, entries.made);
        entries.wakers.insert(key, waker);
        key
    }

    /// Sees to it that `waker` is the one that is woken. Returns whether the entry is still there.
    pub(crate) fn update(&self, key: Key, waker: &Waker) -> bool {
        let mut entries = self.lock();
        let Some(entry) = entries.wakers.get_mut(&key) else {
            return false;
        };
        if !entry.will_wake(waker) {
            let old = std::mem::replace(entry, waker.clone());
            drop(entries);
            drop(old);
        }
        true
    }

    pub(crate) fn remove(&self, key: Key) {
        let waker = self.lock().wakers.remove(&key);
        // Dropped without the lock.
        drop(waker);
    }

    pub(crate) fn next_deadline(&self) -> Option<Instant> {
        let entries = self.lock();
        entries.wakers.first_key_value().map(|(key, _)| key.0)
    }

    /// Moves the wakers of all deadlines that have passed to `wakers`, earliest first.
    pub(crate) fn expire(&self, wakers: &mut Vec<Waker>) {
        let mut entries = self.lock();
        if entries.wakers.is_empty() {
            return;
        }
        let now = Instant::now();
        while let Some(entry) = entries.wakers.first_entry() {
            if entry.key().0 > now {
                return;
            }
            wakers.push(entry.remove());
        }
    }

    fn lock(&self) -> MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
