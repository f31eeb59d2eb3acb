//! From the `fn` item that makes a machine's step to the step's type.
//!
//! Input: the step function of an expansion, `fn(Args, PhantomData<&'x Args>) -> impl FnMut(Op) -> Step`,
//! universal in `'x`. Output: the step as a projection, so that the types of nested coroutines do not
//! nest: without this boundary a call tree 14 deep with three awaits each took seconds to compile, and
//! four times as long with each level more.

use core::marker::PhantomData;

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

/// The step closure, with its results as associated types, since they are no parameters of [`Machine`].
pub trait Resumable {
    /// What `yield_!` hands out.
    type Yield;
    /// What the function returns.
    type Return;
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
