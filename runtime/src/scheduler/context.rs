//! Which runtime this thread is the worker of, and how much the running task may still do.
//!
//! Input: a worker that enters. Output: that worker, to whatever runs on its thread. Invariant: at most one
//! worker a thread. No code of the user's runs while the thread-local is borrowed for writing.

use super::worker::Worker;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::task::{Context, Poll};

/// How many operations that are ready at once a task may do before the others have their turn.
const BUDGET: u8 = 128;
const UNLIMITED: u8 = u8::MAX;

thread_local! {
    static CURRENT: RefCell<Option<Rc<Worker>>> = const { RefCell::new(None) };
    static LEFT: Cell<u8> = const { Cell::new(UNLIMITED) };
}

/// The worker of this thread.
pub(crate) fn current() -> Option<Rc<Worker>> {
    with(|worker| worker.cloned())
}

/// Looks at the worker of this thread. There is none in the destructors of thread-locals.
pub(crate) fn with<R>(look: impl FnOnce(Option<&Rc<Worker>>) -> R) -> R {
    let mut look = Some(look);
    let mut call = |worker: Option<&Rc<Worker>>| look.take().map(|look| look(worker));
    let looked = CURRENT.try_with(|current| call(current.borrow().as_ref()));
    let looked = looked.unwrap_or_else(|_| call(None));
    looked.expect("it is called once")
}

/// Makes `worker` this thread's.
///
/// # Panics
///
/// If the thread has one.
pub(crate) fn enter(worker: &Rc<Worker>) {
    CURRENT.with(|current| {
        assert!(
            current.borrow().is_none(),
            "costate::block_on was called inside of a runtime: await the future, or spawn it"
        );
        *current.borrow_mut() = Some(Rc::clone(worker));
    });
}

/// Undoes [`enter`].
pub(crate) fn leave() {
    let worker = CURRENT.with(|current| current.borrow_mut().take());
    // Dropped without the borrow.
    drop(worker);
}

/// Runs a task, or the future of `block_on`, with a budget.
pub(super) fn budgeted<R>(run: impl FnOnce() -> R) -> R {
    struct Restore;
    impl Drop for Restore {
        fn drop(&mut self) {
            LEFT.set(UNLIMITED);
        }
    }
    let _restore = Restore;
    LEFT.set(BUDGET);
    run()
}

/// Whether a leaf may make progress. If not, it is woken when the others had their turn.
///
/// Outside of the runtime there is no limit.
pub(crate) fn poll_budget(cx: &Context<'_>) -> Poll<()> {
    let left = LEFT.try_with(Cell::get).unwrap_or(UNLIMITED);
    if left > 0 {
        return Poll::Ready(());
    }
    super::wake_after_io(cx.waker());
    Poll::Pending
}

/// A leaf made progress.
pub(crate) fn spend() {
    // In a destructor of a thread-local there is nobody to be fair to.
    let _ = LEFT.try_with(|left| match left.get() {
        0 | UNLIMITED => {}
        some => left.set(some - 1),
    });
}
