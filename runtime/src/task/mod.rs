//! Tasks: futures that the runtime runs on its own.
//!
//! [`spawn`](crate::spawn) and [`spawn_local`](crate::spawn_local) start one and give a [`Task`], the handle that joins, cancels or
//! detaches it. A panic stays in its task: it is rethrown where the task is awaited.
//!
//! In here: `state` says who may touch what and when, `raw` is the allocation, `stage` the part of
//! it that knows the future's type, `run` what the owner does with a task, `handle` what the
//! user does. Absent on purpose: queues and the reactor.

use std::fmt;
use std::future::Future;
use std::num::NonZeroU64;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

mod error;
mod group;
mod handle;
#[cfg(all(test, loom))]
mod loom_tests;
mod raw;
mod run;
mod scope;
mod stage;
mod state;
#[cfg(all(test, not(loom)))]
mod tests;
mod waker;

pub use self::error::TaskError;
pub use self::group::TaskGroup;
pub use self::handle::{CancelAndJoin, Join, Task};
pub(crate) use self::raw::{NOWHERE, Schedule, TaskRef};
pub(crate) use self::run::Ran;
pub use self::scope::{Scope, Scoped, Spawn, scope};

/// A task's number: unique within the process, in the order of spawning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(NonZeroU64);

impl TaskId {
    fn next() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        // 2^64 tasks are out of reach: at one a nanosecond it takes 584 years.
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        TaskId(NonZeroU64::new(number).expect("there are fewer than 2^64 tasks"))
    }

    /// Its lower bits, which differ from one task to the next.
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the lower bits are what is wanted"
    )]
    fn spread(self) -> usize {
        self.0.get() as usize
    }
}

impl fmt::Debug for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TaskId({})", self.0)
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Lets the other tasks run, and the sockets and timers that are ready, and goes on after them.
///
/// On an executor of others it wakes its own task and is pending once, and what comes first is theirs to say.
///
/// ```
/// # #[costate::coroutine]
/// # fn example() -> u32 {
/// let mut sum = 0;
/// for n in 0..1000 {
///     sum += n;
///     costate::task::yield_now().await;
/// }
/// # sum
/// # }
/// # assert_eq!(costate::block_on(example()), 499_500);
/// ```
///
/// # Cancel safety
///
/// It holds nothing and may be dropped at any time.
pub fn yield_now() -> YieldNow {
    YieldNow { yielded: false }
}

/// See [`yield_now`].
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct YieldNow {
    yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.yielded {
            return Poll::Ready(());
        }
        self.yielded = true;
        crate::scheduler::wake_after_io(cx.waker());
        Poll::Pending
    }
}

/// Runs code of the user's that must not take the runtime down: a `Drop`, a waker, clean-up. Of a panic, which the panic
/// hook has reported, nothing comes back.
pub(crate) fn contain<T>(code: impl FnOnce() -> T) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(code)) {
        Ok(value) => Some(value),
        Err(payload) => {
            // A payload may panic when it is dropped; what that throws is leaked.
            if let Err(again) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
                std::mem::forget(again);
            }
            None
        }
    }
}
