//! From the `fn` item that makes a machine's step to the step's type.
//!
//! Input: the step function of an expansion, `fn(Args, PhantomData<&'x Args>) -> impl FnMut(Op) -> Step`,
//! universal in `'x`. Output: the step as a projection, so that the types of nested coroutines do not
//! nest: without this boundary a call tree 14 deep with three awaits each took seconds to compile, and
//! four times as long with each level more.

use core::marker::PhantomData;
use core::task::{Context, Poll};

use super::machine::Machine;
use super::op::{Op, Step};

/// A step function for arguments `A`, at the life in `P` (which is `&'x A`).
pub trait Constructor<P, A> {
    /// The closure that is the machine.
    type Step: Resumable;
    /// Makes the machine in its first state. Runs nothing of the user's.
    fn construct(self, arguments: A) -> Self::Step;
}

impl<P, F: FnOnce(A, PhantomData<P>) -> S, A, S: Resumable> Constructor<P, A> for F {
    type Step = S;

    #[inline(always)]
    fn construct(self, arguments: A) -> S {
        self(arguments, PhantomData)
    }
}

/// The step, with its results as associated types, since they are no parameters of [`Machine`].
pub trait Resumable {
    /// What `yield_!` hands out.
    type Yield;
    /// What the function returns.
    type Return;
    /// Runs on to the next suspension, or to the end.
    fn resume(&mut self, context: &mut Context<'_>) -> Step<Self::Return, Self::Yield>;
    /// Does what it is asked; pending while an awaited child is being cancelled.
    fn settle(&mut self, op: Op<'_, '_>) -> Poll<()>;
}

/// A state and the closures that step and settle it.
///
/// They are handed the state by address and capture none of it. If they did, rustc would know of the
/// types in the state that they outlive a borrow of the closure, and would then no longer infer how
/// long another machine of the same function lives: `late(1).await; spawn(late(2));` was E0310.
pub struct Stateful<S, F, G> {
    state: S,
    resume: F,
    settle: G,
}

// SAFETY: of an expansion's closures nothing but the state is data: they capture a marker at most.
unsafe impl<S: Send, F, G> Send for Stateful<S, F, G> {}
// SAFETY: as above.
unsafe impl<S: Sync, F, G> Sync for Stateful<S, F, G> {}

/// The step of an expansion; pins down the closures' signatures, so that inference starts from them.
///
/// # Safety
///
/// The closures capture nothing but markers.
#[inline(always)]
pub const unsafe fn step<S, R, Y, F, G>(state: S, resume: F, settle: G) -> Stateful<S, F, G>
where
    F: FnMut(*mut S, &mut Context<'_>) -> Step<R, Y>,
    G: FnMut(*mut S, Op<'_, '_>) -> Poll<()>,
{
    Stateful {
        state,
        resume,
        settle,
    }
}

impl<S, R, Y, F, G> Resumable for Stateful<S, F, G>
where
    F: FnMut(*mut S, &mut Context<'_>) -> Step<R, Y>,
    G: FnMut(*mut S, Op<'_, '_>) -> Poll<()>,
{
    type Yield = Y;
    type Return = R;

    #[inline(always)]
    fn resume(&mut self, context: &mut Context<'_>) -> Step<R, Y> {
        (self.resume)(&raw mut self.state, context)
    }

    #[inline(always)]
    fn settle(&mut self, op: Op<'_, '_>) -> Poll<()> {
        (self.settle)(&raw mut self.state, op)
    }
}

/// The machine of one call, in its first state; `'frame` is how long it can live at most.
#[inline(always)]
pub fn machine<'frame, F, A>(constructor: F, arguments: A) -> Machine<'frame, F, A>
where
    F: Constructor<&'frame A, A>,
{
    Machine::new(constructor.construct(arguments))
}

/// What the public function returns, as far as the compiler has to be told: names the lifetimes and types in
/// `T`, so that the hidden type may mention them in every edition.
pub trait Captures<T: ?Sized> {}

impl<T: ?Sized, U: ?Sized> Captures<T> for U {}
