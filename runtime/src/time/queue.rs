//! The deadlines of one runtime, in order.
//!
//! Input: deadlines with wakers. Output: the next deadline, and the wakers of those that have passed. Invariant: an
//! entry is there until it has expired or was removed; its key tells entries with the same
//! deadline apart, in the order in which they were made. Whoever inserts one that is due before the driver would
//! wake has to interrupt it.

use super::Instant;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Waker;

/// An entry's name, and its place in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(Instant, u64);

#[derive(Default)]
struct Entries {
    wakers: BTreeMap<Key, Waker>,
    made: u64,
    /// What the driver's wait is for, while there is one.
    sleep: Sleep,
}

#[derive(Clone, Copy, Default)]
enum Sleep {
    #[default]
    Awake,
    /// `None`: without end.
    Until(Option<Instant>),
}

pub(crate) struct Timers(Mutex<Entries>);

impl Timers {
    pub(crate) fn new() -> Self {
        Timers(Mutex::default())
    }

    /// Returns whether the driver sleeps for longer than that.
    pub(crate) fn insert(&self, deadline: Instant, waker: Waker) -> (Key, bool) {
        let mut entries = self.lock();
        entries.made += 1;
        let key = Key(deadline, entries.made);
        entries.wakers.insert(key, waker);
        let sooner = match entries.sleep {
            Sleep::Awake => false,
            Sleep::Until(end) => end.is_none_or(|end| deadline < end),
        };
        if sooner {
            // The others that come before it awakes needn't interrupt again.
            entries.sleep = Sleep::Until(Some(deadline));
        }
        (key, sooner)
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

    /// The driver is about to sleep. Gives the moment when it has to awake. It says so by [`Timers::awake`].
    pub(crate) fn sleep(&self) -> Option<Instant> {
        let mut entries = self.lock();
        let next = entries.first();
        entries.sleep = Sleep::Until(next);
        next
    }

    /// The driver is about to sleep until another timer is set.
    pub(crate) fn sleep_endlessly(&self) {
        self.lock().sleep = Sleep::Until(None);
    }

    pub(crate) fn awake(&self) {
        self.lock().sleep = Sleep::Awake;
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.lock().wakers.is_empty()
    }

    /// The first deadline.
    pub(crate) fn first(&self) -> Option<Instant> {
        self.lock().first()
    }

    /// Moves the wakers of all deadlines that have passed by `now` to `wakers`, earliest first.
    pub(crate) fn expire(&self, now: Instant, wakers: &mut Vec<Waker>) {
        let mut entries = self.lock();
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

impl Entries {
    fn first(&self) -> Option<Instant> {
        self.wakers.first_key_value().map(|(key, _)| key.0)
    }
}
