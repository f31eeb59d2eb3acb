//! From the `fn` item that makes a machine's step to the step's type.
//!
//! Input: the step function of an expansion, `fn(Args, PhantomData<&'x Args>) -> impl FnMut(Op) -> Step`,
//! universal in `'x`. Output: the step as a projection, so that the types of nested coroutines do not
//! nest: without this boundary a call tree 14 deep with three awaits each took seconds to compile, and
//! four times as long with each level more.

use core::marker::PhantomData;

use super::machine::Machine;
use super::op::{Op, Step, tag};

/// The tag of the state in which nothing has run.
const UNRESUMED: u8 = 0;

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

/// The step closure, with its results as associated types, since they are no parameters of [`Machine`].
pub trait Resumable {
    /// What `yield_!` hands out.
    type Yield;
    /// What the function returns.
    type Return;
    /// Whether it hasn't been resumed yet. A step without a state never says so.
    fn is_new(&self) -> bool {
        false
    }
    /// Does what it is asked.
    fn call(&mut self, op: Op<'_, '_>) -> Step<Self::Return, Self::Yield>;
}

impl<R, Y, F: FnMut(Op<'_, '_>) -> Step<R, Y>> Resumable for F {
    type Yield = Y;
    type Return = R;

    #[inline(always)]
    fn call(&mut self, op: Op<'_, '_>) -> Step<R, Y> {
        self(op)
    }
}

/// A state and the closure that steps it.
///
/// The closure is handed the state by address and captures none of it. If it did, rustc would know of the
/// types in the state that they outlive a borrow of the closure, and would then no longer infer how
/// long another machine of the same function lives: `late(1).await; spawn(late(2));` was E0310.
pub struct Stateful<S, F> {
    state: S,
    step: F,
}

// SAFETY: of an expansion's closure nothing but the state is data: it captures a marker at most.
unsafe impl<S: Send, F> Send for Stateful<S, F> {}
// SAFETY: as above.
unsafe impl<S: Sync, F> Sync for Stateful<S, F> {}

/// The step of an expansion; pins down the closure's signature, so that inference starts from it.
///
/// # Safety
///
/// The closure captures nothing but markers. `S` is a `repr(u8)` enum whose first variant is the unresumed state.
#[inline(always)]
pub const unsafe fn step<S, R, Y, F>(state: S, step: F) -> Stateful<S, F>
where
    F: FnMut(*mut S, Op<'_, '_>) -> Step<R, Y>,
{
    Stateful { state, step }
}

impl<S, R, Y, F: FnMut(*mut S, Op<'_, '_>) -> Step<R, Y>> Resumable for Stateful<S, F> {
    type Yield = Y;
    type Return = R;

    #[inline(always)]
    fn is_new(&self) -> bool {
        // SAFETY: the caller of `step` says that it is such an enum.
        unsafe { tag(&raw const self.state) == UNRESUMED }
    }

    #[inline(always)]
    fn call(&mut self, op: Op<'_, '_>) -> Step<R, Y> {
        (self.step)(&raw mut self.state, op)
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
