//! The machine: what `#[costate::coroutine]` expands to is built from the pieces in here.
//!
//! The first of the three hard pieces, *lifetime*, lives in [`slot`], [`constructor`] and [`machine`];
//! `Coroutine` is the first easy one, *state*. Nothing in here needs more than `core` and `alloc`.
//!
//! What an expansion calls in every state is inlined whatever LLVM thinks of it, so that a guard is never more than a
//! few registers. Without optimisation that is said of nothing: there LLVM would do as it is told, and compile a copy
//! for each call of what is otherwise compiled once.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

#[doc(hidden)]
pub mod answer;
#[doc(hidden)]
pub mod at;
#[doc(hidden)]
pub mod awaited;
#[doc(hidden)]
pub mod boxed;
#[doc(hidden)]
pub mod branch;
#[doc(hidden)]
pub mod child;
#[doc(hidden)]
pub mod cleanup;
#[doc(hidden)]
pub mod closure;
#[doc(hidden)]
pub mod constructor;
#[doc(hidden)]
pub mod erased;
#[doc(hidden)]
pub mod failed;
mod generator;
mod head;
mod holds;
#[doc(hidden)]
pub mod known;
#[doc(hidden)]
pub mod look;
#[doc(hidden)]
#[allow(
    clippy::module_inception,
    reason = "the one type the whole module is about"
)]
pub mod machine;
#[doc(hidden)]
pub mod named;
#[doc(hidden)]
pub mod op;
#[doc(hidden)]
pub mod operand;
#[doc(hidden)]
pub mod parts;
#[doc(hidden)]
pub mod question;
#[doc(hidden)]
pub mod refused;
#[doc(hidden)]
pub mod segment;
#[doc(hidden)]
pub mod shown;
#[doc(hidden)]
pub mod slot;
#[doc(hidden)]
pub mod support;
#[doc(hidden)]
pub mod twin;
mod unwound;

pub use boxed::{BoxCoroutine, BoxGenerator, LocalBoxCoroutine, LocalBoxGenerator};
pub use generator::{Generator, Iter, Resumed};

/// Where a suspended coroutine stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Frame {
    /// The name of the coroutine function.
    pub coroutine: &'static str,
    /// The awaited expression, as written.
    pub awaiting: &'static str,
    /// The source file.
    pub file: &'static str,
    /// The line of the suspension, from 1.
    pub line: u32,
}

/// A suspended function: a future that can also be asked to give up, and where it stands.
///
/// `#[costate::coroutine] fn f(..) -> T` is a `fn f(..) -> impl Coroutine<Output = T>`. A type written by
/// hand may implement it too, where giving back takes time; whatever awaits such a type forwards cancellation to it.
///
/// ```
/// use costate::{Coroutine, Frame};
/// use std::future::Future;
/// use std::pin::Pin;
/// use std::task::{Context, Poll};
///
/// /// A lease that is given back by asking twice.
/// struct Lease { asked: u32 }
///
/// impl Future for Lease {
///     type Output = ();
///     fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
///         Poll::Pending
///     }
/// }
///
/// impl Coroutine for Lease {
///     fn poll_cancel(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
///         if self.asked == 2 {
///             return Poll::Ready(());
///         }
///         self.asked += 1;
///         cx.waker().wake_by_ref();
///         Poll::Pending
///     }
///     fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
/// }
///
/// #[costate::coroutine]
/// fn hold(lease: Lease) {
///     defer! { println!("it is back") }
///     lease.await;
/// }
///
/// let ended = costate::block_on(costate::time::timeout(
///     std::time::Duration::ZERO,
///     hold(Lease { asked: 0 }),
/// ));
/// assert!(ended.is_err());
/// ```
#[must_use = "coroutines do nothing unless they are awaited or polled"]
pub trait Coroutine: Future {
    /// Gives up: cancels the awaited child and waits for it, then runs clean-up (`defer!`, `on_cancel!`) scope by scope, newest first,
    /// and drops what is held.
    ///
    /// Whoever cancels calls this until it is ready, and never polls again after the first call; then it drops the coroutine. Asking
    /// once more than that is safe: it is ready at once if the coroutine was never polled, has ended or is cancelled already. So is a
    /// plain drop in between, which drops what is left: clean-up that waits for nothing runs, what would have to wait is skipped
    /// and counted ([`cancel::clean_ups`](crate::cancel::clean_ups)).
    ///
    /// Who implements this registers the waker as in `poll`, and may be dropped at any time all the same: the one who waits may have a
    /// limit ([`Builder::clean_up_limit`](crate::Builder::clean_up_limit)).
    ///
    /// # Panics
    ///
    /// In a function without clean-up, where the child or a drop does: what is held has been dropped then. One with clean-up contains
    /// and counts it.
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;

    /// Reports where it stands, from the outermost frame to the innermost. Says nothing unless suspended.
    ///
    /// # Panics
    ///
    /// If `visit` does. Then it has panicked itself, and what it held is dropped.
    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame));

    #[doc(hidden)]
    fn __sizes() -> Option<crate::sizes::SizeReport>
    where
        Self: Sized,
    {
        None
    }

    #[doc(hidden)]
    fn __settle(self: Pin<&mut Self>, request: &mut op::Request<'_, '_>) -> Poll<()>
    where
        Self: Sized,
    {
        match request {
            op::Request::Cancel(cx) => self.poll_cancel(cx),
            op::Request::Trace(visit) => {
                self.trace(visit);
                Poll::Ready(())
            }
        }
    }
}
