//! What is awaited: a future, as the twin sees it and as the machine polls it.
//!
//! Method lookup says whether it is one: a method of [`Awaited`] itself, whose bound holds, comes before one of what
//! it dereferences to. So what is no future is refused once, where it is given to `IntoFuture`, and types as its own
//! value behind that.

use core::marker::PhantomData;
use core::ops::Deref;
use core::pin::Pin;
use core::task::{Context, Poll};

/// A future (in the twin), or the place of one (in the machine).
pub struct Awaited<F>(pub F);

impl<F: Future> Awaited<F> {
    /// What the twin has for `future.await`.
    ///
    /// # Panics
    ///
    /// If it is called.
    pub fn output(self) -> F::Output {
        never_run()
    }
}

impl<F: Future> Awaited<*mut F> {
    /// Polls the awaited child in its slot.
    ///
    /// # Safety
    ///
    /// The place holds a child, which stays there until it is dropped and of which nobody else has a reference.
    #[inline(always)]
    pub unsafe fn poll(&self, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the caller says that it is there and alone.
        let future = unsafe { &mut *self.0 };
        // SAFETY: the caller says that it is not moved any more.
        unsafe { Pin::new_unchecked(future) }.poll(cx)
    }
}

/// What a future gave, of the machine's; called as [`Awaited`] is in the twin, so that a value of the wrong type is
/// the same error.
pub struct Ready<T>(pub T);

impl<T> Ready<T> {
    /// The value: a temporary, as `future.await` is.
    #[inline(always)]
    pub fn output(self) -> T {
        self.0
    }
}

/// What is no future, and is not awaited therefore.
pub struct NoFuture<F>(PhantomData<F>);

impl<F> Deref for Awaited<F> {
    type Target = NoFuture<F>;

    fn deref(&self) -> &NoFuture<F> {
        never_run()
    }
}

impl<F> NoFuture<F> {
    /// Types as if the value were awaited already.
    ///
    /// # Panics
    ///
    /// If it is called.
    pub fn output(&self) -> F {
        never_run()
    }
}

impl<F> NoFuture<*mut F> {
    /// Types as if the value were awaited already.
    ///
    /// # Safety
    ///
    /// None; it is the counterpart of [`Awaited::poll`].
    ///
    /// # Panics
    ///
    /// If it is called.
    pub unsafe fn poll(&self, _: &mut Context<'_>) -> Poll<F> {
        never_run()
    }
}

fn never_run() -> ! {
    unreachable!("the straight-line twin is never run, and refuses what is no future")
}
