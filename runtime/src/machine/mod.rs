//! The machine: what `#[costate::coroutine]` expands to is built from the pieces in here.
//!
//! The first of the three hard pieces, *lifetime*, lives in [`support`]; `Coroutine` is the
//! first easy one, *state*.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

#[doc(hidden)]
pub mod branch;
#[doc(hidden)]
pub mod closure;
#[doc(hidden)]
pub mod fields;
#[doc(hidden)]
pub mod question;
#[doc(hidden)]
pub mod slot;
pub mod support;

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

impl Frame {
    #[doc(hidden)]
    pub const fn new(
        coroutine: &'static str,
        awaiting: &'static str,
        file: &'static str,
        line: u32,
    ) -> Self {
        Frame {
            coroutine,
            awaiting,
            file,
            line,
        }
    }
}

/// A suspended function that can be asked to give up.
pub trait Coroutine: Future {
    /// Cancels: forwards to the awaited child, then drops what is held, newest first.
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;
    /// Reports where it stands, from the outermost frame to the innermost.
    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame));
}

/// What a generator answers to [`Generator::resume`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumed<Y, R> {
    /// Suspended at a `yield_!` with this value.
    Yielded(Y),
    /// Ran to its end.
    Complete(R),
}

/// A function that yields values.
pub trait Generator {
    /// What `yield_!` hands out.
    type Yield;
    /// What the function returns.
    type Return;
    /// Runs to the next `yield_!` or to the end.
    fn resume(self: Pin<&mut Self>) -> Resumed<Self::Yield, Self::Return>;
    /// Reports where it stands.
    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame));
}
