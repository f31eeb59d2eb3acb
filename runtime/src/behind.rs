//! What drops leave behind that takes time to be gone.
//!
//! Input: something that is on its way out, for which a drop can't wait: a process that was killed. Output: whoever cancels what
//! dropped it has it, and waits. Invariant: what nobody waits for is dropped, and then sees to its end by itself.

use std::cell::RefCell;
use std::task::{Context, Poll};

/// Something that is on its way out. May be dropped at any time.
pub(crate) trait Leaving: Send {
    /// Ready when it is gone.
    fn poll_gone(&mut self, cx: &mut Context<'_>) -> Poll<()>;
}

pub(crate) type Left = Vec<Box<dyn Leaving>>;

thread_local! {
    /// What was left since somebody began to collect. `None`: nobody does.
    static LEFT: RefCell<Option<Left>> = const { RefCell::new(None) };
}

/// Calls `cancel`, and gives what it has left behind too.
pub(crate) fn collect<R>(cancel: impl FnOnce() -> R) -> (R, Left) {
    /// Gives the thread back to whoever collected before, also when there was a panic.
    struct Restore(Option<Left>);
    impl Restore {
        fn restore(&mut self) -> Option<Left> {
            LEFT.replace(self.0.take())
        }
    }
    impl Drop for Restore {
        fn drop(&mut self) {
            // Dropped without the borrow.
            drop(self.restore());
        }
    }
    let outer = LEFT.replace(Some(Left::new()));
    let mut restore = Restore(outer);
    let cancelled = cancel();
    let left = restore.restore();
    std::mem::forget(restore);
    (cancelled, left.unwrap_or_default())
}

/// Leaves something to whoever cancels; if nobody does, drops it.
pub(crate) fn leave(what: Box<dyn Leaving>) {
    let mut what = Some(what);
    // In a destructor of a thread-local there is nobody who waits.
    let _ = LEFT.try_with(|left| {
        if let Some(left) = &mut *left.borrow_mut() {
            left.extend(what.take());
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
    use std::sync::Arc;

    struct Gone(#[allow(dead_code, reason = "it is counted")] Arc<()>);

    impl Leaving for Gone {
        fn poll_gone(&mut self, _: &mut Context<'_>) -> Poll<()> {
            Poll::Ready(())
        }
    }

    #[test]
    fn what_is_left_goes_to_the_innermost_who_collects() {
        let count = Arc::new(());
        let one = || leave(Box::new(Gone(Arc::clone(&count))));
        one();
        assert_eq!(Arc::strong_count(&count), 1);
        let (inner, outer) = collect(|| {
            one();
            let ((), inner) = collect(one);
            one();
            inner.len()
        });
        assert_eq!((inner, outer.len()), (1, 2));
    }

    #[test]
    fn what_is_left_before_a_panic_is_dropped() {
        let count = Arc::new(());
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            collect(|| {
                leave(Box::new(Gone(Arc::clone(&count))));
                resume_unwind(Box::new(()));
            })
        }));
        assert!(panicked.is_err());
        assert_eq!(Arc::strong_count(&count), 1);
    }
}
