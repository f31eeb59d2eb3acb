//! What is the same for all that a run consists of: the lines it has said, and at most one panic.

use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

/// How often clean-up did not run to its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub skipped: u64,
    pub abandoned: u64,
    pub panicked: u64,
}

#[derive(Debug, Default)]
struct Inner {
    lines: Vec<String>,
    events: usize,
    panic_at: Option<usize>,
    /// The event that has panicked, until that is contained.
    thrown: Option<String>,
    panicked_at: Option<String>,
    /// Who is asked first by the next `select!` that is fair.
    turn: usize,
    counts: Counts,
    leaks: bool,
}

/// One run, of which each thread says its part.
#[derive(Debug, Default)]
pub struct World(Mutex<Inner>);

impl World {
    pub fn new(panic_at: Option<usize>) -> Self {
        Self(Mutex::new(Inner {
            panic_at,
            ..Inner::default()
        }))
    }

    fn with<R>(&self, act: impl FnOnce(&mut Inner) -> R) -> R {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Says what cannot panic.
    pub fn record(&self, line: &str) {
        self.with(|inner| inner.lines.push(line.to_owned()));
    }

    /// Says an event; whether it panics.
    #[must_use]
    pub fn say(&self, event: &str) -> bool {
        self.with(|inner| {
            inner.lines.push(event.to_owned());
            let due = inner.panic_at == Some(inner.events);
            inner.events += 1;
            // While one panic is on its way there is no other.
            let panics = due && inner.thrown.is_none();
            if panics {
                inner.thrown = Some(event.to_owned());
                inner.panicked_at =
                    Some(format!("{event}, the event of number {}", inner.events - 1));
            }
            panics
        })
    }

    /// The event that has panicked, from now on no more.
    pub fn caught(&self) -> String {
        self.with(|inner| inner.thrown.take()).unwrap_or_default()
    }

    /// A panic is caught on the way out by a cancellation.
    pub fn contained(&self) {
        self.with(|inner| {
            inner.thrown = None;
            inner.counts.panicked += 1;
        });
    }

    pub fn count(&self, change: impl FnOnce(&mut Counts)) {
        self.with(|inner| change(&mut inner.counts));
    }

    pub fn next_turn(&self) -> usize {
        self.with(|inner| {
            inner.turn += 1;
            inner.turn - 1
        })
    }

    /// A drop panics while a value is on its way out, which rustc forgets then or not (rust-lang/rust#47949).
    pub fn perhaps_leaks(&self) {
        self.with(|inner| inner.leaks = true);
    }

    pub fn panicked_at(&self) -> Option<String> {
        self.with(|inner| inner.panicked_at.clone())
    }

    pub fn events(&self) -> usize {
        self.with(|inner| inner.events)
    }

    /// Lines, counts, and whether it is known what is leaked.
    pub fn end(self) -> (Vec<String>, Counts, bool) {
        let inner = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        (inner.lines, inner.counts, inner.leaks)
    }
}

/// What is done to something that is suspended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Poll,
    Cancel,
    Drop,
}

/// Where orders come from.
pub trait Orders {
    /// Says that it is pending; what is done then.
    fn next(&self) -> Order;
}

/// So many polls, then so many calls of `poll_cancel`, then a drop.
pub struct Schedule<'a> {
    world: &'a World,
    polls: Cell<usize>,
    cancels: Cell<usize>,
    /// How many events there were when the last order came.
    pub before_last: Cell<usize>,
    pub polled: Cell<usize>,
    pub cancelled: Cell<usize>,
}

impl<'a> Schedule<'a> {
    pub fn new(world: &'a World, polls: usize, cancels: usize) -> Self {
        Self {
            world,
            polls: Cell::new(polls),
            cancels: Cell::new(cancels),
            before_last: Cell::new(0),
            polled: Cell::new(0),
            cancelled: Cell::new(0),
        }
    }

    pub fn first(&self) -> Order {
        self.before_last.set(self.world.events());
        if self.polled.get() < self.polls.get() {
            self.polled.set(self.polled.get() + 1);
            return Order::Poll;
        }
        if self.cancelled.get() < self.cancels.get() {
            self.cancelled.set(self.cancelled.get() + 1);
            self.world.record("=> cancel");
            return Order::Cancel;
        }
        self.world.record("=> drop");
        Order::Drop
    }

    /// What is done to a future that has ended.
    pub fn rest(&self) {
        if self.cancelled.get() < self.cancels.get() {
            self.before_last.set(self.world.events());
            self.cancelled.set(self.cancelled.get() + 1);
            self.world.record("=> cancel");
            self.world.record("=> cancelled");
        }
        self.world.record("=> drop");
    }
}

impl Orders for Schedule<'_> {
    fn next(&self) -> Order {
        self.world.record("=> pending");
        self.first()
    }
}
