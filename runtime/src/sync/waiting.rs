//! Waiting for what a lock guards, where at most one waits in a place.
//!
//! Invariant: nothing of the user's runs under the lock: wakers are cloned and dropped without it.

use crate::shim::MutexGuard;
use std::task::{Context, Poll, Waker};

/// Leaves the waker where `place` says, unless `ready` gives something. Both run no code of the user's.
pub(super) fn poll_or_leave<'a, S: 'a, R>(
    cx: &Context<'_>,
    lock: impl Fn() -> MutexGuard<'a, S>,
    ready: impl Fn(&mut S) -> Option<R>,
    place: impl Fn(&mut S) -> &mut Option<Waker>,
) -> Poll<R> {
    let mut waker = None;
    loop {
        let mut state = lock();
        if let Some(ready) = ready(&mut state) {
            return Poll::Ready(ready);
        }
        let place = place(&mut state);
        if place.as_ref().is_some_and(|old| old.will_wake(cx.waker())) {
            return Poll::Pending;
        }
        if let Some(waker) = waker.take() {
            let old = place.replace(waker);
            drop(state);
            drop(old);
            return Poll::Pending;
        }
        // Cloned without the lock; what may have happened meanwhile is looked at again.
        drop(state);
        waker = Some(cx.waker().clone());
    }
}
