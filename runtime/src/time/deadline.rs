//! The deadline of the code that runs, as the `timeout`s around it say.
//!
//! Input: a timeout that polls its future. Output: the nearest deadline, to whatever that future calls. Invariant: an inner one is never
//! later than an outer one. Only timeouts and cancellations do something for it: a poll of anything else costs nothing.

use super::Instant;
use std::cell::Cell;

thread_local! {
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// When the [`timeout`](super::timeout()) is over that this code runs in: the nearest, of several. `None` if it runs in none.
///
/// So the innermost function can tell another server how long it may take, give up before it begins what takes longer, or leave out what
/// isn't needed: nobody has to pass a deadline down the chain of calls.
///
/// ```
/// use costate::time::{Duration, Instant, deadline, timeout};
///
/// #[costate::coroutine]
/// fn query() -> Result<u32, &'static str> {
///     let left = deadline().map(|deadline| deadline - Instant::now());
///     if left.is_some_and(|left| left < Duration::from_millis(500)) {
///         return Err("that takes longer");
///     }
///     Ok(42)
/// }
///
/// #[costate::coroutine]
/// fn page() -> Result<u32, &'static str> {
///     // It asks for more than there is.
///     timeout(Duration::from_secs(60), query()).await.map_err(|_| "too late")?
/// }
///
/// #[costate::coroutine]
/// fn serve() {
///     assert_eq!(page().await, Ok(42));
///     let hurried = timeout(Duration::from_millis(100), page()).await;
///     assert_eq!(hurried, Ok(Err("that takes longer")));
/// }
/// costate::block_on(serve());
/// ```
///
/// It holds for what is polled in there: functions that are awaited, branches of `select!` and of combinators, children of a
/// [`scope`](crate::task::scope()). A task that is spawned there runs by itself and may outlive it, so it has no deadline; give it one with
/// [`timeout_at`](super::timeout_at). Clean-up after a cancellation has none either: there the time is over already, and clean-up has a
/// limit of its own ([`cancel`](crate::cancel)).
#[must_use]
pub fn deadline() -> Option<Instant> {
    DEADLINE.try_with(Cell::get).ok().flatten()
}

/// Puts back what was there before.
struct Restore(Option<Instant>);

impl Drop for Restore {
    fn drop(&mut self) {
        DEADLINE.set(self.0);
    }
}

/// Calls `poll` under this deadline, and the one that there is. `None`: it is beyond what the clock can tell.
pub(crate) fn under<R>(deadline: Option<Instant>, poll: impl FnOnce() -> R) -> R {
    let outer = DEADLINE.get();
    let nearest = match (outer, deadline) {
        (Some(outer), Some(inner)) => Some(outer.min(inner)),
        (outer, inner) => outer.or(inner),
    };
    let _restore = Restore(outer);
    DEADLINE.set(nearest);
    poll()
}

/// Calls `clean_up` under none.
pub(crate) fn without<R>(clean_up: impl FnOnce() -> R) -> R {
    let _restore = Restore(DEADLINE.replace(None));
    clean_up()
}
