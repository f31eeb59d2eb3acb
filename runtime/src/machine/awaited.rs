//! What is awaited: a future, as the twin sees it and as the machine polls it.
//!
//! Method lookup says whether it is one: a method of [`Awaited`] or [`At`] itself, whose bound holds, comes before one of what
//! it dereferences to. So what is no future is refused once, where it is given to `IntoFuture`, and types as its own
//! value behind that.

use core::future::Pending;
use core::marker::PhantomData;
use core::mem::{forget, needs_drop};
use core::ops::Deref;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll};

use super::Coroutine;
use super::at::At;
use crate::asked::{IsKnown, Unknown};

/// A future, in the twin and where `select!` is given one. What the machine awaits is where one is ([`At`]).
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

    /// The future itself, which `select!` gives to a combinator; in the machine too.
    pub fn future(self) -> F {
        self.0
    }
}

impl<F: Coroutine> Awaited<F> {
    /// For `select!`: that it is a coroutine, also where it would not say so, in a box.
    pub fn known(&self) -> IsKnown<F> {
        IsKnown::coroutine()
    }
}

impl<F: Future> At<F> {
    /// Polls the awaited child in its slot. It is dropped if it is ready, or panics.
    ///
    /// # Safety
    ///
    /// That far in the state at `base` is a child, which stays there until it is dropped and of which nobody else has a
    /// reference.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn poll(self, cx: &mut Context<'_>, base: *mut u8) -> Poll<Ready<F::Output>> {
        let at = self;
        let panicked = DropOnPanic { base, at };
        // SAFETY: the caller says that it is there and alone.
        let future = unsafe { &mut *at.of(base) };
        // SAFETY: the caller says that it is not moved any more.
        let Poll::Ready(output) = unsafe { Pin::new_unchecked(future) }.poll(cx) else {
            forget(panicked);
            return Poll::Pending;
        };
        forget(panicked);
        // SAFETY: it is there, and not used any more once it is ready.
        unsafe { ptr::drop_in_place(at.of(base)) };
        Poll::Ready(Ready(output))
    }
}

/// Drops a child that panics. Only a panic drops this.
struct DropOnPanic<F> {
    base: *mut u8,
    at: At<F>,
}

impl<F> Drop for DropOnPanic<F> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        if needs_drop::<F>() {
            // SAFETY: whoever polls it says that it is there.
            let child = unsafe { self.at.of(self.base) };
            // SAFETY: it is alone, and not used after it has panicked.
            unsafe { drop_panicked(child) };
        }
    }
}

/// By a call, unless there is little to do: what is inlined where a panic passes has to be small, and a guard of which that
/// isn't true is written to the stack by every poll.
///
/// # Safety
///
/// As for [`ptr::drop_in_place`].
#[cold]
unsafe fn drop_panicked<F>(child: *mut F) {
    // SAFETY: the caller's promise is the same.
    unsafe { ptr::drop_in_place(child) };
}

/// What a future gave, of the machine's; it has a method as [`Awaited`] has in the twin, so that a value of the wrong type is
/// the same error, and one of no known type, as all are if there are errors in the twin, is none.
pub struct Ready<T>(pub T);

impl<T> Ready<T> {
    /// The value: a temporary, as `future.await` is.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn output(self) -> T {
        self.0
    }
}

/// What is no future, and is not awaited therefore; or one of which no more is known.
pub struct NoFuture<F>(PhantomData<F>);

impl<F> Deref for Awaited<F> {
    type Target = NoFuture<F>;

    fn deref(&self) -> &NoFuture<F> {
        &NoFuture(PhantomData)
    }
}

impl<F> Deref for At<F> {
    type Target = Plain<F>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn deref(&self) -> &Plain<F> {
        // SAFETY: it is the same number in the same layout, which `repr(transparent)` says.
        unsafe { &*ptr::from_ref(self).cast() }
    }
}

impl<F> NoFuture<F> {
    /// Of a type that nobody knows, as rustc has of it where it says what it is not.
    ///
    /// # Panics
    ///
    /// If it is called.
    pub fn output<T>(&self) -> T {
        never_run()
    }

    /// For `select!`: that it is to be asked what it is.
    pub fn known(&self) -> Unknown {
        Unknown
    }

    /// Types as if it were a future.
    ///
    /// # Panics
    ///
    /// If it is called.
    pub fn future(&self) -> Pending<F> {
        never_run()
    }
}

/// How far in a state something lies that is not what is asked for: no future, or none that can be cancelled.
#[repr(transparent)]
pub struct Plain<F>(pub(super) At<F>);

impl<F> Plain<F> {
    /// Types as if the value were awaited already.
    ///
    /// # Safety
    ///
    /// None; it is the counterpart of [`At::poll`].
    ///
    /// # Panics
    ///
    /// If it is called.
    pub unsafe fn poll(&self, _: &mut Context<'_>, _: *mut u8) -> Poll<Ready<F>> {
        never_run()
    }
}

fn never_run() -> ! {
    unreachable!("the straight-line twin is never run, and refuses what is no future")
}
