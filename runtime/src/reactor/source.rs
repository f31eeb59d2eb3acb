//! One registered socket: which directions are ready, and who waits for them.
//!
//! Input: events from the reactor, "would block" from the socket's owner. Output: readiness, or a wake when it comes.
//! Invariant: readiness is cleared only if no event came since it was seen; the tick in the word counts
//! events. Who waits looks at the word once more after leaving its waker, under the lock that the
//! reactor takes after changing the word; so either sees the other.

use crate::shim::threads::{AtomicUsize, Mutex, MutexGuard, Ordering};
use slab::Slab;
use std::sync::PoisonError;
use std::task::{Context, Poll, Waker};

/// A set of readiness bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ready(usize);

impl Ready {
    pub(crate) const NONE: Ready = Ready(0);
    pub(crate) const READ: Ready = Ready(1);
    pub(crate) const WRITE: Ready = Ready(1 << 1);
    pub(crate) const BOTH: Ready = Ready(Ready::READ.0 | Ready::WRITE.0);
    /// The peer will send no more: a read always has something to say, and no event need come any more.
    pub(crate) const READ_CLOSED: Ready = Ready(1 << 2);
    /// The runtime has ended: no event will come.
    pub(crate) const SHUTDOWN: Ready = Ready(1 << 3);
    const ALL: usize = (1 << 4) - 1;

    pub(crate) fn contains(self, other: Ready) -> bool {
        self.0 & other.0 == other.0
    }

    fn intersects(self, other: Ready) -> bool {
        self.0 & other.0 != 0
    }
}

impl std::ops::BitOr for Ready {
    type Output = Ready;
    fn bitor(self, other: Ready) -> Ready {
        Ready(self.0 | other.0)
    }
}

/// What one waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Read,
    Write,
}

impl Direction {
    /// The bits that end a wait in this direction.
    fn awaited(self) -> Ready {
        match self {
            Direction::Read => Ready::READ | Ready::READ_CLOSED | Ready::SHUTDOWN,
            Direction::Write => Ready::WRITE | Ready::SHUTDOWN,
        }
    }
}

/// The word as somebody saw it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen(usize);

impl Seen {
    pub(crate) fn ready(self) -> Ready {
        Ready(self.0 & Ready::ALL)
    }
}

/// One tick, above the readiness bits. The count may wrap: it is compared with one seen moments ago.
const TICK: usize = Ready::ALL + 1;

/// Where a future that may be one of several keeps its waker. See [`Source::poll_shared`].
#[derive(Debug, Default)]
pub(crate) struct Place(Option<usize>);

pub(crate) struct Source {
    key: usize,
    word: AtomicUsize,
    waiters: Mutex<[Waiters; 2]>,
}

#[derive(Default)]
struct Waiters {
    /// Of the one who has the direction to itself, as `poll_read` has.
    only: Option<Waker>,
    /// Of futures that share the direction, as those of `accept` do. Empty after a wake.
    shared: Slab<Option<Waker>>,
}

impl Source {
    pub(super) fn new(key: usize, ready: Ready) -> Self {
        Source {
            key,
            word: AtomicUsize::new(ready.0),
            waiters: Mutex::default(),
        }
    }

    pub(super) fn key(&self) -> usize {
        self.key
    }

    /// Notes an event and collects the wakers of those who waited for it.
    pub(super) fn notify(&self, ready: Ready, wakers: &mut Vec<Waker>) {
        // The loop ends: each failure is another thread's success.
        let mut word = self.word.load(Ordering::Relaxed);
        while let Err(found) = self.word.compare_exchange_weak(
            word,
            (word | ready.0).wrapping_add(TICK),
            Ordering::AcqRel,
            Ordering::Relaxed,
        ) {
            word = found;
        }
        let mut waiters = self.lock();
        for direction in [Direction::Read, Direction::Write] {
            if ready.intersects(direction.awaited()) {
                let waiters = &mut waiters[direction as usize];
                wakers.extend(waiters.only.take());
                wakers.extend(
                    waiters
                        .shared
                        .iter_mut()
                        .filter_map(|(_, waker)| waker.take()),
                );
            }
        }
    }

    /// Waits until `direction` is ready, for a caller that has the direction to itself.
    pub(crate) fn poll_only(&self, direction: Direction, cx: &Context<'_>) -> Poll<Seen> {
        self.poll(direction, |waiters| {
            let only = &mut waiters.only;
            if !only
                .as_ref()
                .is_some_and(|waker| waker.will_wake(cx.waker()))
            {
                return only.replace(cx.waker().clone());
            }
            None
        })
    }

    /// Waits until `direction` is ready, for a caller that is one of several.
    ///
    /// What `place` names must be given back by [`Source::leave`].
    pub(crate) fn poll_shared(
        &self,
        direction: Direction,
        place: &mut Place,
        cx: &Context<'_>,
    ) -> Poll<Seen> {
        self.poll(direction, |waiters| {
            let waker = Some(cx.waker().clone());
            match place.0 {
                Some(place) => std::mem::replace(&mut waiters.shared[place], waker),
                None => {
                    place.0 = Some(waiters.shared.insert(waker));
                    None
                }
            }
        })
    }

    /// Gives up waiting.
    pub(crate) fn leave(&self, direction: Direction, place: &mut Place) {
        if let Some(place) = place.0.take() {
            let waker = self.lock()[direction as usize].shared.remove(place);
            // The lock is released by now.
            drop(waker);
        }
    }

    fn poll(
        &self,
        direction: Direction,
        wait: impl FnOnce(&mut Waiters) -> Option<Waker>,
    ) -> Poll<Seen> {
        let seen = self.seen();
        if seen.ready().intersects(direction.awaited()) {
            return Poll::Ready(seen);
        }
        let mut waiters = self.lock();
        let old = wait(&mut waiters[direction as usize]);
        let seen = self.seen();
        drop(waiters);
        // Dropped without the lock, as it may be the user's.
        drop(old);
        if seen.ready().intersects(direction.awaited()) {
            Poll::Ready(seen)
        } else {
            Poll::Pending
        }
    }

    fn seen(&self) -> Seen {
        Seen(self.word.load(Ordering::Acquire))
    }

    /// The socket said that it would block, after the word was `seen`. If an event came meanwhile
    /// that is the newer truth, and nothing is cleared.
    pub(crate) fn clear(&self, direction: Direction, seen: Seen) {
        let cleared = match direction {
            Direction::Read => seen.0 & !(Ready::READ.0 | Ready::READ_CLOSED.0),
            Direction::Write => seen.0 & !Ready::WRITE.0,
        };
        let mut word = seen.0;
        // The other direction's bit may have been cleared meanwhile: that isn't an event.
        while word & !Ready::ALL == seen.0 & !Ready::ALL {
            let next = cleared & word;
            match self
                .word
                .compare_exchange_weak(word, next, Ordering::AcqRel, Ordering::Acquire)
            {
                Ok(_) => return,
                Err(found) => word = found,
            }
        }
    }

    /// The directions somebody waits for.
    pub(super) fn interest(&self) -> Ready {
        let waiters = self.lock();
        let waits = |waiters: &Waiters| {
            waiters.only.is_some() || waiters.shared.iter().any(|(_, waker)| waker.is_some())
        };
        let read = if waits(&waiters[0]) {
            Ready::READ
        } else {
            Ready::NONE
        };
        let write = if waits(&waiters[1]) {
            Ready::WRITE
        } else {
            Ready::NONE
        };
        read | write
    }

    fn lock(&self) -> MutexGuard<'_, [Waiters; 2]> {
        self.waiters.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    fn poll(source: &Source, direction: Direction) -> Option<Seen> {
        match source.poll_only(direction, &Context::from_waker(Waker::noop())) {
            Poll::Ready(seen) => Some(seen),
            Poll::Pending => None,
        }
    }

    #[test]
    fn an_event_that_comes_before_the_clear_is_kept() {
        let source = Source::new(0, Ready::BOTH);
        let seen = poll(&source, Direction::Read).expect("it starts ready");
        source.notify(Ready::READ, &mut Vec::new());
        source.clear(Direction::Read, seen);
        let seen = poll(&source, Direction::Read).expect("the event is newer");
        source.clear(Direction::Read, seen);
        assert!(poll(&source, Direction::Read).is_none());
        assert!(poll(&source, Direction::Write).is_some());
    }

    #[test]
    fn one_direction_is_cleared_though_the_other_was_meanwhile() {
        let source = Source::new(0, Ready::BOTH);
        let read = poll(&source, Direction::Read).expect("it starts ready");
        let write = poll(&source, Direction::Write).expect("it starts ready");
        source.clear(Direction::Write, write);
        source.clear(Direction::Read, read);
        assert!(poll(&source, Direction::Read).is_none());
        assert!(poll(&source, Direction::Write).is_none());
    }

    #[test]
    fn all_who_share_a_direction_are_woken_and_leave_no_trace() {
        let source = Source::new(0, Ready::NONE);
        let cx = Context::from_waker(Waker::noop());
        let mut places = [Place::default(), Place::default()];
        for place in &mut places {
            assert!(source.poll_shared(Direction::Read, place, &cx).is_pending());
        }
        assert_eq!(source.interest(), Ready::READ);
        let mut wakers = Vec::new();
        source.notify(Ready::WRITE, &mut wakers);
        assert!(wakers.is_empty());
        source.notify(Ready::READ, &mut wakers);
        assert_eq!(wakers.len(), 2);
        for place in &mut places {
            source.leave(Direction::Read, place);
        }
        assert!(source.lock()[0].shared.is_empty());
    }
}
