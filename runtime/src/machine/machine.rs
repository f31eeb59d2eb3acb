//! The nominal type around one coroutine.
//!
//! Its identity is a closure's, which gives the step function's zero-sized `fn` item and the family of its arguments' types. Invariants: once
//! polled, the step stays where it is (it is `!Unpin` where it holds slots), and it is dropped by [`Resumable::end`], by
//! which its locals drop in their order. The step is stored with the caller's lifetimes taken for another one; it is
//! universal in it, so it can make no use of that, and nothing of such a type is handed out before its true
//! lifetimes are restored.

use core::convert::Infallible;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::constructor::{Key, Resumable, relived};
use super::op::{Request, Step};
use super::{Coroutine, Frame};
use crate::introduce::Introduce;
use crate::sizes::SizeReport;

/// The state machine of one call of a coroutine function.
///
/// `'frame` is what the lifetimes of its arguments, and of the borrows from its own locals, are taken for: it is
/// outlived by the function's type parameters, and `'static` if there are none. `Y`, `R` and `L` are what it yields,
/// returns and borrows in truth.
pub struct Machine<'frame, K, Y, R, L>
where
    K: Key<'frame>,
{
    step: K::Step,
    restored: PhantomData<Restored<'frame, K, Y, R, L>>,
}

/// Invariant in all of them, and `Send` and `Sync` whatever they are.
type Restored<'frame, K, Y, R, L> = fn(&'frame (), L) -> (K, Y, R, L, &'frame ());

/// Asks of the step of `K` what is asked of this: at every life, and in a type that has none of the caller's lifetimes.
///
/// So a recursive coroutine comes back to the same question, which is an answer to the compiler; and a type
/// that is `Send` at one lifetime only (`'static`) does not do, as borrows of the machine's own locals have a lifetime
/// that the compiler did not choose.
pub struct AtEveryLife<K>(PhantomData<*const K>);

// SAFETY: there is no value of it; it stands for the steps.
unsafe impl<K> Send for AtEveryLife<K>
where
    K: for<'x> Key<'x>,
    for<'x> <K as Key<'x>>::Step: Send,
{
}

// SAFETY: as above.
unsafe impl<K> Sync for AtEveryLife<K>
where
    K: for<'x> Key<'x>,
    for<'x> <K as Key<'x>>::Step: Sync,
{
}

// SAFETY: a machine owns its step and nothing else, and its step is `Send` at every life.
unsafe impl<'frame, K, Y, R, L> Send for Machine<'frame, K, Y, R, L>
where
    K: Key<'frame>,
    AtEveryLife<K>: Send,
{
}

// SAFETY: as above; a shared machine gives no access to its step at all.
unsafe impl<'frame, K, Y, R, L> Sync for Machine<'frame, K, Y, R, L>
where
    K: Key<'frame>,
    AtEveryLife<K>: Sync,
{
}

impl<'frame, K, Y, R, L> Machine<'frame, K, Y, R, L>
where
    K: Key<'frame>,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn new(step: K::Step) -> Self {
        Machine {
            step,
            restored: PhantomData,
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn resume(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        introduce: Introduce,
    ) -> Step<R, Y> {
        // SAFETY: the step is called where it is and never moved out.
        let step = unsafe { &mut self.get_unchecked_mut().step };
        // SAFETY: whoever made the machine says that these are what the step hands out, at its true lifetimes.
        unsafe { relived(step.resume(context, introduce)) }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn settle(self: Pin<&mut Self>, request: &mut Request<'_, '_>) -> Poll<()> {
        // SAFETY: the step is called where it is and never moved out.
        unsafe { self.get_unchecked_mut() }.step.settle(request)
    }
}

impl<'frame, K, Y, R, L> Drop for Machine<'frame, K, Y, R, L>
where
    K: Key<'frame>,
{
    #[inline]
    fn drop(&mut self) {
        self.step.end();
    }
}

impl<'frame, K, R, L> Future for Machine<'frame, K, Infallible, R, L>
where
    K: Key<'frame>,
{
    type Output = R;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        match self.resume(cx, Introduce::of::<Self>()) {
            Step::Complete(value) => Poll::Ready(value),
            Step::Pending => Poll::Pending,
            Step::Yielded(never) | Step::CleanUp(never) => match never {},
        }
    }
}

impl<'frame, K, R, L> Coroutine for Machine<'frame, K, Infallible, R, L>
where
    K: Key<'frame>,
{
    #[inline]
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.settle(&mut Request::Cancel(cx))
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        let _ = self.settle(&mut Request::Trace(visit));
    }

    fn __settle(self: Pin<&mut Self>, request: &mut Request<'_, '_>) -> Poll<()> {
        self.settle(request)
    }

    fn __sizes() -> Option<SizeReport> {
        K::Step::sizes()
    }
}
