//! A machine in a box, for a signature in which no lifetime can be named that its type parameters outlive.
//!
//! So it is where the signature is a trait's and takes `self` by value or has type parameters of its own. Invariant: the
//! step in the box was made for a life that ended with the call that made it; it is universal in that, so it does
//! not matter what stands for it, and what is handed out has its true types restored.

extern crate alloc;

use alloc::boxed::Box;
use core::convert::Infallible;
use core::future::Future;
use core::marker::PhantomData;
use core::mem::{MaybeUninit, size_of, transmute};
use core::pin::Pin;
use core::task::{Context, Poll};

use super::constructor::{Constructor, Resumable, relived};

use super::op::{Request, Step};
use super::{Coroutine, Frame, Generator, Resumed};
use crate::introduce::{Introduce, introduce};

/// The state machine of one call, on the heap.
pub struct MachineInABox<F, A, Y, R, L> {
    step: Box<dyn ErasedStep>,
    #[allow(clippy::type_complexity, reason = "invariant in all of them")]
    restored: PhantomData<fn(F, A, Y, R, L) -> (F, A, Y, R, L)>,
}

// SAFETY: the step of `F` is what is in the box, and `Send` at every life.
unsafe impl<F, A, Y, R, L> Send for MachineInABox<F, A, Y, R, L> where AtEveryLife<F, A>: Send {}
// SAFETY: as above; a shared machine gives no access to its step at all.
unsafe impl<F, A, Y, R, L> Sync for MachineInABox<F, A, Y, R, L> where AtEveryLife<F, A>: Sync {}

/// As that of a machine (`machine::AtEveryLife`), by the step function itself: what it is generic over has to stand in the
/// type, as here no other lifetime does.
struct AtEveryLife<F, A>(PhantomData<*const (F, A)>);

// SAFETY: there is no value of it; it stands for the steps.
unsafe impl<F, A> Send for AtEveryLife<F, A>
where
    F: for<'x> Constructor<'x, A>,
    for<'x> <F as Constructor<'x, A>>::Step: Send,
{
}

// SAFETY: as above.
unsafe impl<F, A> Sync for AtEveryLife<F, A>
where
    F: for<'x> Constructor<'x, A>,
    for<'x> <F as Constructor<'x, A>>::Step: Sync,
{
}

/// A step whose types are forgotten.
trait ErasedStep {
    /// Runs on and puts the answer in its place.
    ///
    /// # Safety
    ///
    /// There is room for the answer, a `Step<Return, Yield>`.
    unsafe fn resume(&mut self, context: &mut Context<'_>, answer: *mut ());

    /// As [`Resumable::settle`].
    fn settle(&mut self, request: &mut Request<'_, '_>) -> Poll<()>;

    /// As [`Resumable::end`].
    fn end(&mut self);

    fn size_of_answer(&self) -> usize;
}

impl<S: Resumable> ErasedStep for S {
    unsafe fn resume(&mut self, context: &mut Context<'_>, answer: *mut ()) {
        // It is the box that answers.
        let given = Resumable::resume(self, context, Introduce::nobody());
        // SAFETY: the caller says that there is room for it.
        unsafe { answer.cast::<Step<S::Return, S::Yield>>().write(given) }
    }

    fn settle(&mut self, request: &mut Request<'_, '_>) -> Poll<()> {
        Resumable::settle(self, request)
    }

    fn end(&mut self) {
        Resumable::end(self);
    }

    fn size_of_answer(&self) -> usize {
        size_of::<Step<S::Return, S::Yield>>()
    }
}

/// The machine of one call, in its first state, in a box.
///
/// # Safety
///
/// `arguments` are what the family `A` describes, but for lifetimes; `Y`, `R` and `L` are the true types of what is
/// yielded and returned and the true lifetimes; a twin of the body was checked with these; and whatever the step is
/// generic over stands in `F`.
pub unsafe fn machine_in_a_box<A, Y, R, L, F, G>(
    constructor: F,
    arguments: G,
) -> MachineInABox<F, A, Y, R, L>
where
    F: for<'x> Constructor<'x, A>,
{
    let life = ();
    // SAFETY: the caller says the same.
    let step = unsafe { erased::<A, F, G>(&life, constructor, arguments) };
    assert!(step.size_of_answer() == size_of::<Step<R, Y>>());
    // SAFETY: the type differs in a lifetime only, in which the step is universal; the types that must not be
    // outlived stand in `F`.
    let step = unsafe { transmute::<Box<dyn ErasedStep + '_>, Box<dyn ErasedStep>>(step) };
    MachineInABox {
        step,
        restored: PhantomData,
    }
}

/// # Safety
///
/// `arguments` are what the family `A` describes, but for lifetimes.
unsafe fn erased<'x, A, F, G>(_: &'x (), constructor: F, arguments: G) -> Box<dyn ErasedStep + 'x>
where
    F: Constructor<'x, A>,
    F::Arguments: 'x,
    F::Step: 'x,
{
    // SAFETY: the caller says that they are the same types but for lifetimes.
    let arguments = unsafe { relived::<G, F::Arguments>(arguments) };
    Box::new(constructor.construct(arguments))
}

impl<F, A, Y, R, L> MachineInABox<F, A, Y, R, L> {
    fn run(self: Pin<&mut Self>, context: &mut Context<'_>) -> Step<R, Y> {
        // SAFETY: the step is called where it is, in its box.
        let step = unsafe { &mut self.get_unchecked_mut().step };
        let mut answer = MaybeUninit::<Step<R, Y>>::uninit();
        // SAFETY: it is room for a value of the same type but for lifetimes.
        unsafe { step.resume(context, answer.as_mut_ptr().cast()) };
        // SAFETY: the answer was put there, and these are its true types.
        unsafe { answer.assume_init() }
    }

    fn settle(self: Pin<&mut Self>, request: &mut Request<'_, '_>) -> Poll<()> {
        // SAFETY: the step is called where it is, in its box.
        unsafe { self.get_unchecked_mut() }.step.settle(request)
    }
}

impl<F, A, Y, R, L> Drop for MachineInABox<F, A, Y, R, L> {
    fn drop(&mut self) {
        self.step.end();
    }
}

impl<F, A, R, L> Future for MachineInABox<F, A, Infallible, R, L> {
    type Output = R;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R> {
        // The state is in the box; who polls asks for the box.
        introduce(self.as_mut());
        match self.run(cx) {
            Step::Complete(value) => Poll::Ready(value),
            Step::Pending => Poll::Pending,
            Step::Yielded(never) => match never {},
        }
    }
}

impl<F, A, R, L> Coroutine for MachineInABox<F, A, Infallible, R, L> {
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.settle(&mut Request::Cancel(cx))
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        let _ = self.settle(&mut Request::Trace(visit));
    }
}

impl<F, A, Y, R, L> Generator for MachineInABox<F, A, Y, R, L> {
    type Yield = Y;
    type Return = R;

    fn resume(self: Pin<&mut Self>) -> Resumed<Y, R> {
        let mut context = Context::from_waker(core::task::Waker::noop());
        match self.run(&mut context) {
            Step::Yielded(value) => Resumed::Yielded(value),
            Step::Complete(value) => Resumed::Complete(value),
            Step::Pending => super::generator::suspended_otherwise(),
        }
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        let _ = self.settle(&mut Request::Trace(visit));
    }
}
