//! From the `fn` item that makes a machine's step to the step's type.
//!
//! Input: the step function of an expansion, `fn(Call<'x, Args>) -> impl FnMut(Op) -> Step`, universal in `'x`, and
//! its arguments' types for every `'x`. Output: the step as a projection, so that the types of nested coroutines
//! do not nest: without this boundary a call tree 14 deep with three awaits each took seconds to compile, and
//! four times as long with each level more.

use core::marker::PhantomData;
use core::mem::{ManuallyDrop, size_of, transmute_copy};

use super::machine::Machine;
use super::op::{Op, Step};

/// What a step function takes: the arguments of one call, and that they outlive `'x`, which is so implied and need not
/// stand in a where clause. (In one, `'x` would be early-bound, and `Send` asked at one lifetime only.)
pub struct Call<'x, A: 'x> {
    /// In order.
    pub arguments: A,
    /// Names `'x` in the step function's body.
    pub life: PhantomData<&'x A>,
}

/// That it is a [`Call`].
pub trait Arguments {
    /// What it is a call with.
    type Of;
    /// The call.
    fn call(arguments: Self::Of) -> Self;
}

impl<'x, A> Arguments for Call<'x, A> {
    type Of = A;

    #[inline(always)]
    fn call(arguments: A) -> Self {
        Call {
            arguments,
            life: PhantomData,
        }
    }
}

/// A step function for the arguments of the family `A`, where all lifetimes of the caller are `'x`.
///
/// The family says what the arguments are for every `'x`, as a `for<'x, 'y> fn(&'x (), &'y ()) -> Call<'x, (&'x str,
/// u32)>`: a type in which no lifetime of a caller's stands, so what is asked of it is the same question wherever it
/// is asked. A lifetime that is hidden in a path (`Chars` for `Chars<'_>`) is E0106 in it, as there are two to choose
/// from: so none is overlooked.
pub trait Constructor<'x, A> {
    /// The arguments at `'x`.
    type Arguments;
    /// The closure that is the machine.
    type Step: Resumable;
    /// Makes the machine in its first state. Runs nothing of the user's.
    fn construct(self, arguments: Self::Arguments) -> Self::Step;
}

impl<'x, F, A, C, S> Constructor<'x, A> for F
where
    A: FnOnce(&'x (), &'x ()) -> C,
    C: Arguments,
    F: FnOnce(C) -> S,
    S: Resumable,
{
    type Arguments = C::Of;
    type Step = S;

    #[inline(always)]
    fn construct(self, arguments: C::Of) -> S {
        self(C::call(arguments))
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
/// The closure captures nothing but markers.
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
    fn call(&mut self, op: Op<'_, '_>) -> Step<R, Y> {
        (self.step)(&raw mut self.state, op)
    }
}

/// The machine of one call, in its first state. The lifetimes of the caller are taken for `'frame`, and restored in
/// the machine's own type.
///
/// # Safety
///
/// `arguments` are what the family `A` describes, but for lifetimes; `Y`, `R` and `L` are the true types of what is
/// yielded and returned and the true lifetimes; and a twin of the body was checked with these.
#[inline(always)]
pub unsafe fn machine<'frame, A, Y, R, L, F, G>(
    constructor: F,
    arguments: G,
) -> Machine<'frame, F, A, Y, R, L>
where
    F: Constructor<'frame, A>,
    F::Arguments: 'frame,
{
    // SAFETY: the caller says that they are the same types but for lifetimes.
    let arguments = unsafe { relived::<G, F::Arguments>(arguments) };
    Machine::new(constructor.construct(arguments))
}

/// As [`machine`], where no lifetime was taken for another one.
#[inline(always)]
pub fn machine_as_written<'frame, A, F, S>(
    constructor: F,
    arguments: F::Arguments,
) -> Machine<'frame, F, A, S::Yield, S::Return, ()>
where
    F: Constructor<'frame, A, Step = S>,
    F::Arguments: 'frame,
    S: Resumable,
{
    Machine::new(constructor.construct(arguments))
}

/// The same value, its lifetimes said anew.
///
/// # Safety
///
/// The types differ in lifetimes only, and those of `To` are the true ones, or what is done with it is right for
/// every lifetime.
#[inline(always)]
pub(super) unsafe fn relived<From, To>(value: From) -> To {
    const { assert!(size_of::<From>() == size_of::<To>()) };
    // SAFETY: the caller says that it is the same type, so its bytes are a `To`; the original is not used any more.
    unsafe { transmute_copy(&ManuallyDrop::new(value)) }
}

/// What the public function returns, as far as the compiler has to be told: names the lifetimes and types in
/// `T`, so that the hidden type may mention them in every edition.
pub trait Captures<T: ?Sized> {}

impl<T: ?Sized, U: ?Sized> Captures<T> for U {}
