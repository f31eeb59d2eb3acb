//! Which runtime this thread belongs to, whether it runs tasks, and how much the running task may still do.
//!
//! Input: a thread that enters. Output: its runtime and worker, to whatever runs on it. Invariant: at most one
//! worker a thread at a time. No code of the user's runs while the thread-local is borrowed for writing.

use super::shared::Shared;
use super::worker::Worker;
use crate::shim::threads::thread_local;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll};

/// How many operations that are ready at once a task may do before the others have their turn.
const BUDGET: u8 = 128;
const UNLIMITED: u8 = u8::MAX;

/// What a thread has to do with a runtime.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) shared: Arc<Shared>,
    /// What runs tasks on this thread. A thread of the blocking pool has none.
    pub(crate) worker: Option<Rc<Worker>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Context>> = const { RefCell::new(None) };
    static LEFT: Cell<u8> = const { Cell::new(UNLIMITED) };
}

/// This thread's.
pub(crate) fn current() -> Option<Context> {
    with(|context| context.cloned())
}

/// Looks at this thread's. There is none in the destructors of thread-locals.
pub(crate) fn with<R>(look: impl FnOnce(Option<&Context>) -> R) -> R {
    let mut look = Some(look);
    let mut call = |context: Option<&Context>| look.take().map(|look| look(context));
    let looked = CURRENT.try_with(|current| call(current.borrow().as_ref()));
    let looked = looked.unwrap_or_else(|_| call(None));
    looked.expect("it is called once")
}

/// The worker of this thread.
pub(crate) fn worker() -> Option<Rc<Worker>> {
    with(|context| context.and_then(|context| context.worker.clone()))
}

/// Makes `context` this thread's, until the end of the scope.
///
/// A thread that runs tasks enters no other runtime but to end it: see [`assert_free`].
pub(crate) fn enter(context: Context) -> Entered {
    let outer = CURRENT.with(|current| current.borrow_mut().replace(context));
    let budget = LEFT.replace(UNLIMITED);
    Entered { outer, budget }
}

/// # Panics
///
/// If this thread runs tasks.
pub(crate) fn assert_free() {
    assert!(
        worker().is_none(),
        "costate::block_on was called inside of a runtime: await the future, or spawn it"
    );
}

/// See [`enter`].
pub(crate) struct Entered {
    outer: Option<Context>,
    budget: u8,
}

impl Drop for Entered {
    fn drop(&mut self) {
        LEFT.set(self.budget);
        let outer = self.outer.take();
        let inner = CURRENT.with(|current| std::mem::replace(&mut *current.borrow_mut(), outer));
        // Dropped without the borrow.
        drop(inner);
    }
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
pub(crate) fn poll_budget(cx: &TaskContext<'_>) -> Poll<()> {
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
