//! The nominal type around one coroutine.
//!
//! Its identity is the step function's zero-sized `fn` item and its argument types. Invariant: once
//! polled, the step stays where it is (it is `!Unpin` where it holds slots), and it is dropped by
//! [`Op::Drop`], by which its locals drop in their order.

use core::convert::Infallible;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::constructor::{Constructor, Resumable};
use super::op::{Op, Step};
use super::{Coroutine, Frame};
use crate::introduce::introduce;

/// The state machine of one call of a coroutine function.
///
/// `'frame` is how long it can live at most. The step function is universal in it: it takes a
/// `PhantomData<&'x A>`, which implies `A: 'x` without a where clause, so that `Send` can be asked for
/// every `'x` and never at `'static` alone.
pub struct Machine<'frame, F: Constructor<&'frame A, A>, A> {
    step: F::Step,
    _constructor: PhantomData<fn(F, A, &'frame ())>,
}

// SAFETY: a machine owns its step and nothing else. The step is asked at every `'x`: a type that is `Send` at one
// lifetime only (`'static`) does not do, as borrows of the machine's own locals have a lifetime that the
// compiler did not choose.
unsafe impl<'frame, F, A> Send for Machine<'frame, F, A>
where
    for<'x> F: Constructor<&'x A, A>,
    for<'x> <F as Constructor<&'x A, A>>::Step: Send,
{
}

// SAFETY: as above; a shared machine gives no access to its step at all.
unsafe impl<'frame, F, A> Sync for Machine<'frame, F, A>
where
    for<'x> F: Constructor<&'x A, A>,
    for<'x> <F as Constructor<&'x A, A>>::Step: Sync,
{
}

impl<'frame, F: Constructor<&'frame A, A>, A> Machine<'frame, F, A> {
    #[inline(always)]
    pub(super) fn new(step: F::Step) -> Self {
        Machine {
            step,
            _constructor: PhantomData,
        }
    }

    #[inline(always)]
    pub(super) fn call(
        self: Pin<&mut Self>,
        op: Op<'_, '_>,
    ) -> Step<<F::Step as Resumable>::Return, <F::Step as Resumable>::Yield> {
        // SAFETY: the step is called where it is and never moved out.
        unsafe { self.get_unchecked_mut() }.step.call(op)
    }
}

impl<'frame, F: Constructor<&'frame A, A>, A> Drop for Machine<'frame, F, A> {
    #[inline]
    fn drop(&mut self) {
        self.step.call(Op::Drop);
    }
}

impl<'frame, F, A, S> Future for Machine<'frame, F, A>
where
    F: Constructor<&'frame A, A, Step = S>,
    S: Resumable<Yield = Infallible>,
{
    type Output = S::Return;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<S::Return> {
        if self.step.is_new() {
            introduce(self.as_mut());
        }
        match self.call(Op::Resume(cx)) {
            Step::Complete(value) => Poll::Ready(value),
            Step::Pending | Step::Cancelled => Poll::Pending,
            Step::Yielded(never) => match never {},
        }
    }
}

impl<'frame, F, A, S> Coroutine for Machine<'frame, F, A>
where
    F: Constructor<&'frame A, A, Step = S>,
    S: Resumable<Yield = Infallible>,
{
    #[inline]
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        match self.call(Op::Cancel(cx)) {
            Step::Cancelled => Poll::Ready(()),
            _ => Poll::Pending,
        }
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        self.call(Op::Trace(visit));
    }
}
