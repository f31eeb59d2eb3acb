//! One of several workers: runs tasks that are shared with the others, and those that are its own.
//!
//! Input: the worker's queue, its last-in slot, the queue of all, the others' queues. Output: polls. Invariant: a task in the slot
//! isn't seen by others, so it is run next, but no more than a few times in a row; each queue gets its turn,
//! whatever the others hold.

use super::context;
use super::many::{Many, Phase};
use super::worker::{Role, TASKS_A_TURN, Whom, Worker};
use crate::driver::{Pause, Turn};
use crate::shim::threads::Ordering;
use crate::task::{NOWHERE, Ran, TaskRef};
use st3::fifo::Worker as Queue;
use std::cell::Cell;
use std::time::Instant;

/// How many tasks a worker's own queue holds; what is more goes to the queue of all.
pub(super) const ROOM: usize = 256;
/// How often in a row the slot goes before the queue.
const SLOT_IN_A_ROW: u8 = 3;

pub(crate) struct Stealing {
    index: usize,
    queue: Queue<TaskRef>,
    /// The task that was woken last: what it needs is still in the cache.
    slot: Cell<Option<TaskRef>>,
    in_a_row: Cell<u8>,
    /// Whether what is woken goes to the end of the queue instead.
    no_slot: Cell<bool>,
    /// Whether it knows that the runtime is closing.
    knows: Cell<bool>,
    /// Whether it counts as one who looks for work.
    looking: Cell<bool>,
    tick: Cell<usize>,
    random: Cell<u32>,
}

/// A task, and whether it is this thread's alone.
enum Found {
    Shared(TaskRef),
    Bound(TaskRef),
}

impl Stealing {
    pub(super) fn new(index: usize, queue: Queue<TaskRef>) -> Self {
        Stealing {
            index,
            queue,
            slot: Cell::new(None),
            in_a_row: Cell::new(0),
            no_slot: Cell::new(false),
            knows: Cell::new(false),
            looking: Cell::new(false),
            tick: Cell::new(0),
            random: Cell::new(u32::try_from(index).unwrap_or(0).wrapping_add(0x9E37_79B9)),
        }
    }

    pub(super) fn index(&self) -> usize {
        self.index
    }

    /// Queues a task that this thread has woken or spawned.
    pub(super) fn push(&self, many: &Many, task: TaskRef) {
        let queued = if self.no_slot.get() {
            Some(task)
        } else {
            self.slot.replace(Some(task))
        };
        // One task alone is run next, here: there is nothing that another could take.
        if let Some(queued) = queued {
            self.push_back(many, queued);
            many.wake_one();
        }
    }

    fn push_back(&self, many: &Many, task: TaskRef) {
        let Err(task) = self.queue.push(task) else {
            return;
        };
        // It is full. Half of it goes to the queue of all, so that the next have room here.
        match self.queue.drain(|there| there / 2) {
            Ok(half) => many.push_all(half.chain([task])),
            // Somebody is stealing.
            Err(_) => many.push(task),
        }
    }

    fn next(&self, many: &Many) -> Option<TaskRef> {
        if self.tick.get().is_multiple_of(TASKS_A_TURN)
            && let Some(task) = many.inject.pop()
        {
            return Some(task);
        }
        if let Some(task) = self.slot.take() {
            if self.in_a_row.get() < SLOT_IN_A_ROW {
                self.in_a_row.set(self.in_a_row.get() + 1);
                return Some(task);
            }
            self.push_back(many, task);
        }
        self.in_a_row.set(0);
        self.queue.pop().or_else(|| self.share(many))
    }

    /// Takes a share of the queue of all.
    fn share(&self, many: &Many) -> Option<TaskRef> {
        let room = self.queue.spare_capacity().min(ROOM / 2);
        many.inject.share(many.remotes.len(), room, |task| {
            let pushed = self.queue.push(task);
            debug_assert!(pushed.is_ok(), "there was room");
            // What doesn't fit is not lost: it can't happen, for only others make room.
            drop(pushed);
        })
    }

    /// Looks into the others' queues.
    fn steal(&self, many: &Many) -> Option<TaskRef> {
        let others = many.remotes.len();
        let begin = self.random(others);
        for offset in 0..others {
            let other = (begin + offset) % others;
            if other == self.index {
                continue;
            }
            let stolen = many.remotes[other]
                .stealer
                .steal_and_pop(&self.queue, |there| there - there / 2);
            if let Ok((task, _)) = stolen {
                return Some(task);
            }
        }
        None
    }

    /// A number below `end`, by Marsaglia's xorshift.
    fn random(&self, end: usize) -> usize {
        let mut x = self.random.get();
        x ^= x << 13;
        x ^= x >> 17;
        x ^= x << 5;
        self.random.set(x);
        x as usize % end
    }

    /// There is work: it doesn't look any more, and the last who looked wakes the next.
    fn has_found(&self, many: &Many) {
        if self.looking.replace(false) && many.idle.found() {
            many.wake_one();
        }
    }
}

impl Worker {
    /// Runs tasks until the runtime stops.
    pub(super) fn run_one_of(&self) {
        let Role::OneOf(stealing) = &self.role else {
            unreachable!("it is called by one of several");
        };
        let many = self.shared.many();
        loop {
            stealing.tick.set(stealing.tick.get().wrapping_add(1));
            if stealing.tick.get().is_multiple_of(TASKS_A_TURN) {
                self.turn_shortly(stealing);
            }
            // After the turn, which takes the notice of a new phase.
            match many.phase() {
                Phase::Running => {}
                Phase::Closing => {
                    self.cancel(Whom::Bound);
                    if !stealing.knows.replace(true) {
                        many.knows();
                    }
                }
                Phase::Stopped => break,
            }
            match self.find(stealing, many) {
                Some(found) => self.run_found(stealing, many, found),
                None => self.rest(stealing, many),
            }
        }
        self.end(Whom::Bound, Instant::now());
        self.hand_over(stealing, many);
    }

    fn find(&self, stealing: &Stealing, many: &Many) -> Option<Found> {
        self.take_over();
        let bound = || self.next().map(Found::Bound);
        let shared = || stealing.next(many).map(Found::Shared);
        let found = if stealing.tick.get().is_multiple_of(2) {
            bound().or_else(shared)
        } else {
            shared().or_else(bound)
        };
        found.or_else(|| {
            if !stealing.looking.get() && !many.idle.begin_to_look() {
                return None;
            }
            stealing.looking.set(true);
            stealing.steal(many).map(Found::Shared)
        })
    }

    fn run_found(&self, stealing: &Stealing, many: &Many, found: Found) {
        stealing.has_found(many);
        match found {
            Found::Bound(task) => self.run_one(task),
            Found::Shared(task) => self.run_shared(stealing, many, task),
        }
    }

    fn run_shared(&self, stealing: &Stealing, many: &Many, task: TaskRef) {
        let is_new = || task.header().place.load(Ordering::Relaxed) == NOWHERE;
        if many.phase() != Phase::Running && is_new() {
            // Nobody has found it on a list.
            task.cancel();
        }
        match context::budgeted(|| task.run_and(|task| many.suspends(task))) {
            Ran::Idle => {}
            Ran::Again(task) => {
                stealing.push_back(many, task);
                many.wake_one();
            }
            Ran::Complete(task) => many.disown(Some(stealing.index), &task),
        }
    }

    /// Sockets and timers that are ready, then those who let them go first.
    fn turn_shortly(&self, stealing: &Stealing) {
        self.turn_driver(Pause::None);
        stealing.no_slot.set(true);
        self.wake_deferred();
        stealing.no_slot.set(false);
    }

    /// There is nothing to run: sleeps, unless something has come meanwhile.
    fn rest(&self, stealing: &Stealing, many: &Many) {
        if self.is_busy() {
            self.turn_shortly(stealing);
            return;
        }
        let looking = stealing.looking.replace(false);
        many.idle.sleep(stealing.index, looking);
        // Once more, now that whoever queues something sees that this worker sleeps.
        let late = stealing.share(many).or_else(|| stealing.steal(many));
        if let Some(task) = late {
            stealing.looking.set(many.idle.awake(stealing.index));
            many.wake_one();
            self.run_found(stealing, many, Found::Shared(task));
            return;
        }
        let turn = if self.is_busy() {
            // Woken by another thread, which has unparked it.
            self.try_turn_driver(Pause::None)
        } else {
            self.try_turn_driver(Pause::Until(None))
        };
        if turn == Turn::Taken {
            many.watch.sleep(&self.local.park, &self.shared.driver);
        }
        stealing.looking.set(many.idle.awake(stealing.index));
        if turn == Turn::Done && !many.watch.is_kept() {
            // What this worker does now may take long.
            many.wake_one();
        }
        self.wake_ready();
    }

    /// Leaves to the others, or to the end, what is in its queue.
    fn hand_over(&self, stealing: &Stealing, many: &Many) {
        if stealing.looking.replace(false) {
            // Nobody is woken: all leave.
            let _: bool = many.idle.found();
        }
        let slot = stealing.slot.take();
        let queue = std::iter::from_fn(|| stealing.queue.pop());
        for task in slot.into_iter().chain(queue) {
            many.push(task);
        }
    }
}
