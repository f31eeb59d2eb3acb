//! The log: every event of one run, in order, and at most one panic waiting among them.
//!
//! There is one log a thread, so that a body need not carry it. Tests run on threads of their own;
//! a run starts with [`reset`] and ends with [`take`].

use std::cell::{Cell, RefCell};
use std::fmt::Display;
use std::sync::Arc;
use std::task::{Wake, Waker};

#[derive(Default)]
struct Log {
    events: RefCell<Vec<String>>,
    until_panic: Cell<Option<usize>>,
    alive: Cell<i64>,
}

thread_local! {
    static LOG: Log = Log::default();
}

/// What an injected panic carries: the event at which it was thrown.
#[derive(Debug)]
pub struct Injected(pub String);

/// Forgets everything.
pub fn reset() {
    LOG.with(|log| {
        log.events.take();
        log.until_panic.set(None);
        log.alive.set(0);
    });
}

/// Takes the events so far.
#[must_use]
pub fn take() -> Vec<String> {
    LOG.with(|log| log.events.take())
}

/// Makes the event panic that comes after `skip` others.
pub fn panic_after(skip: usize) {
    LOG.with(|log| log.until_panic.set(Some(skip)));
}

/// Records an event.
///
/// # Panics
///
/// Where [`panic_after`] asked for it, with [`Injected`], after the event was recorded.
pub fn say(event: impl Display) {
    let event = event.to_string();
    record(&event);
    let due = LOG.with(|log| {
        let left = log.until_panic.get();
        log.until_panic
            .set(left.and_then(|left| left.checked_sub(1)));
        left == Some(0)
    });
    // A second panic while the first is on its way would end the process, in both halves alike.
    if due && !std::thread::panicking() {
        // Not `panic!`: the hook needn't print what is meant to happen.
        std::panic::resume_unwind(Box::new(Injected(event)));
    }
}

/// Records what is not an event of the body: never panics.
pub fn record(event: impl Display) {
    LOG.with(|log| log.events.borrow_mut().push(event.to_string()));
}

/// Counts what was made and must be dropped.
pub fn count_alive(change: i64) {
    LOG.with(|log| log.alive.set(log.alive.get() + change));
}

/// How many values were made and not dropped.
#[must_use]
pub fn alive() -> i64 {
    LOG.with(|log| log.alive.get())
}

struct Recorder;

impl Wake for Recorder {
    fn wake(self: Arc<Self>) {
        record("wake");
    }
}

/// A waker that records that it was woken, to see that each poll hands down its context.
#[must_use]
pub fn waker() -> Waker {
    Waker::from(Arc::new(Recorder))
}
