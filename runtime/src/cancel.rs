//! Cancellation that cleans up.
//!
//! A [`Task`](crate::Task) that is dropped is cancelled, as is the loser of a [`race`](crate::future::race), what a
//! [`timeout`](crate::time::timeout) is over for, and all that a runtime still runs when it is shut down. Each
//! `#[costate::coroutine]` that it goes through, from the innermost to the outermost, then runs its clean-up, which may await:
//!
//! - [`defer!`](macro@crate::defer) runs whenever its scope is left, by a cancellation as by anything else;
//! - [`on_cancel!`](macro@crate::on_cancel) runs where that is by a cancellation;
//! - [`shield`] runs a part to its end before a cancellation goes on, and [`cancelled`] tells that part of it.
//!
//! ```
//! use costate::task::yield_now;
//! use std::cell::RefCell;
//!
//! #[costate::coroutine]
//! fn work(log: &RefCell<Vec<&str>>) {
//!     log.borrow_mut().push("open");
//!     defer! {
//!         yield_now().await; // say goodbye to the other side
//!         log.borrow_mut().push("close");
//!     }
//!     on_cancel! { log.borrow_mut().push("roll back") }
//!     std::future::pending::<()>().await;
//! }
//!
//! let log = RefCell::new(Vec::new());
//! #[costate::coroutine]
//! fn give_up(log: &RefCell<Vec<&str>>) {
//!     select! {
//!         () = work(log) => unreachable!(),
//!         () = yield_now() => log.borrow_mut().push("given up"),
//!     }
//! }
//! costate::block_on(give_up(&log));
//! assert_eq!(log.into_inner(), ["open", "roll back", "close", "given up"]);
//! ```
//!
//! Who only *drops* a machine, as other executors and combinators do, can wait for nothing: then clean-up runs that awaits
//! nothing, and the rest is skipped, and counted in [`clean_ups`]. [`spawn`](crate::spawn()) inside of them gets the full
//! promise back: a task belongs to this runtime.
//!
//! A panic in a body runs drops and no clean-up, as it comes in the middle of a statement, where borrows may be open. After a panic
//! in clean-up the clean-up that is left runs; then it goes on to who awaits, or after a cancellation is counted. (The panic hook has reported it.)

use crate::introduce::introduce;
use crate::shim::threads::thread_local;
use crate::task::contain;
use crate::{Coroutine, Frame};
use pin_project_lite::pin_project;
use std::cell::Cell;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

thread_local! {
    /// Whether what is polled is a shielded part of what is being cancelled.
    static CANCELLED: Cell<bool> = const { Cell::new(false) };
}

/// Awaits `future`, and lets no cancellation come to it: what is cancelled meanwhile waits until `future` is ready, and goes
/// on with its clean-up then. The output is dropped in that case.
///
/// ```
/// use costate::cancel::shield;
/// use costate::task::yield_now;
/// use std::cell::Cell;
///
/// #[costate::coroutine]
/// fn write(written: &Cell<u32>) {
///     for _ in 0..3 {
///         yield_now().await;
///         written.set(written.get() + 1);
///     }
/// }
///
/// #[costate::coroutine]
/// fn save(written: &Cell<u32>) {
///     shield(write(written)).await; // all, or nothing
///     std::future::pending().await
/// }
///
/// #[costate::coroutine]
/// fn hurry(written: &Cell<u32>) {
///     select! { () = save(written) => {}, () = yield_now() => {} }
/// }
///
/// let written = Cell::new(0);
/// costate::block_on(hurry(&written));
/// assert_eq!(written.get(), 3);
/// ```
///
/// # Cancel safety
///
/// Dropping it drops the future where it stands. Cancelling it before it was polled drops the future too.
pub fn shield<F: IntoFuture>(future: F) -> Shield<F::IntoFuture> {
    Shield {
        future: Some(future.into_future()),
        polled: false,
    }
}

pin_project! {
    /// The future of [`shield`].
    #[must_use = "futures do nothing unless they are awaited"]
    pub struct Shield<F> {
        // `None`: it has ended.
        #[pin]
        future: Option<F>,
        polled: bool,
    }
}

impl<F: Future> Future for Shield<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        if !self.polled {
            introduce(self.as_mut());
        }
        let mut this = self.project();
        *this.polled = true;
        let future = this.future.as_mut().as_pin_mut();
        let output = ready!(future.expect("it was polled after it was ready").poll(cx));
        this.future.set(None);
        Poll::Ready(output)
    }
}

impl<F: Future> Coroutine for Shield<F> {
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        struct Restore(bool);
        impl Drop for Restore {
            fn drop(&mut self) {
                CANCELLED.set(self.0);
            }
        }
        let mut this = self.project();
        if *this.polled
            && let Some(future) = this.future.as_mut().as_pin_mut()
        {
            let _restore = Restore(CANCELLED.replace(true));
            drop(ready!(future.poll(cx)));
        }
        this.future.set(None);
        Poll::Ready(())
    }

    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}

impl<F> fmt::Debug for Shield<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shield")
            .field("ended", &self.future.is_none())
            .finish_non_exhaustive()
    }
}

/// Waits until a cancellation waits for the [`shield`]ed part that awaits this.
///
/// So that part can come to its end by itself, at a place of its own choice. Elsewhere this is never ready: what is not
/// shielded is cancelled without being asked.
///
/// ```
/// use costate::cancel::{cancelled, shield};
/// use costate::task::yield_now;
/// use std::cell::RefCell;
///
/// #[costate::coroutine]
/// fn serve(log: &RefCell<Vec<u32>>) {
///     for request in 0.. {
///         select! {
///             () = cancelled() => return,
///             () = yield_now() => log.borrow_mut().push(request), // never half a request
///         }
///     }
/// }
///
/// #[costate::coroutine]
/// fn for_a_while(log: &RefCell<Vec<u32>>) {
///     select! {
///         () = shield(serve(log)) => {}
///         () = std::future::ready(()) => {}
///     }
/// }
///
/// let log = RefCell::default();
/// costate::block_on(for_a_while(&log));
/// ```
///
/// # Cancel safety
///
/// It holds nothing and may be dropped at any time.
pub fn cancelled() -> Cancelled {
    Cancelled(())
}

/// The future of [`cancelled`].
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Cancelled(());

impl Future for Cancelled {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        // Nobody needs to be woken: who is cancelled is polled once more for that.
        match CANCELLED.get() {
            true => Poll::Ready(()),
            false => Poll::Pending,
        }
    }
}

/// Runs what stands on the way out by a cancellation. None if it panics, which is counted; the panic hook has reported it.
pub(crate) fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    let value = contain(run);
    if value.is_none() {
        counters::panicked();
    }
    value
}

pub(crate) mod counters {
    //! What clean-up came to in this process.

    use std::sync::atomic::{AtomicU64, Ordering};

    static SKIPPED: AtomicU64 = AtomicU64::new(0);
    static ABANDONED: AtomicU64 = AtomicU64::new(0);
    static PANICKED: AtomicU64 = AtomicU64::new(0);

    pub(crate) fn skipped() {
        SKIPPED.fetch_add(1, Ordering::Relaxed);
        report("clean-up that awaits was skipped, as its coroutine was dropped and not cancelled");
    }

    pub(crate) fn abandoned() {
        ABANDONED.fetch_add(1, Ordering::Relaxed);
        report("clean-up was dropped where it stood");
    }

    pub(crate) fn panicked() {
        PANICKED.fetch_add(1, Ordering::Relaxed);
        report("a panic on the way out by cancellation");
    }

    #[cfg(feature = "tracing")]
    fn report(what: &'static str) {
        tracing::warn!(target: "costate::cancel", "{what}");
    }

    #[cfg(not(feature = "tracing"))]
    fn report(_: &'static str) {}

    pub(crate) fn all() -> super::CleanUps {
        super::CleanUps {
            skipped: SKIPPED.load(Ordering::Relaxed),
            abandoned: ABANDONED.load(Ordering::Relaxed),
            panicked: PANICKED.load(Ordering::Relaxed),
        }
    }
}

/// How often clean-up did not run to its end, since the process began. With the feature `tracing` each is an event too, a warning of
/// the target `costate::cancel`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CleanUps {
    /// `defer!` and `on_cancel!` blocks that await something and were not begun, as their machine was dropped rather than
    /// cancelled.
    pub skipped: u64,
    /// Those that were begun and then dropped where they stood.
    pub abandoned: u64,
    /// Panics that nobody was there to take: on the way out by cancellation, in clean-up, in a child that was being cancelled or in a
    /// drop, and in clean-up after other clean-up has panicked.
    pub panicked: u64,
}

/// Tells how often clean-up did not run to its end, in all threads of the process.
#[must_use]
pub fn clean_ups() -> CleanUps {
    counters::all()
}
