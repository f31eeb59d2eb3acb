//! From the `fn` item that makes a machine's step to the step's type.
//!
//! Input: the step function of an expansion, `fn(Call<'x, Args>) -> impl FnMut(Op) -> Step`, universal in `'x`, and
//! its arguments' types for every `'x`. Output: the step as a projection, so that the types of nested coroutines
//! do not nest: without this boundary a call tree 14 deep with three awaits each took seconds to compile, and
//! four times as long with each level more.

use core::marker::PhantomData;
use core::mem::{ManuallyDrop, size_of, transmute_copy};
use core::ptr::NonNull;
use core::task::{Context, Poll};

use super::answer::Answer;
use super::holds::Holds;
use super::machine::Machine;
use super::op::settle::{Numbers, Stands, settle};
use super::op::{Known, Op, Request, Step};
use crate::introduce::Introduce;
use crate::sizes::SizeReport;

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

    #[cfg_attr(not(debug_assertions), inline(always))]
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

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn construct(self, arguments: C::Of) -> S {
        self(C::call(arguments))
    }
}

/// What stands for a step function in the type of its machine: a closure that gives it, and the family of its arguments.
///
/// The type of a closure has a short name; that of a function shows its arguments and its result, so with the states of what
/// it awaits. In a build with debug information each level of nesting would make the names several times as long:
/// ten machines, each in the next one's argument, took gigabytes.
pub trait Key<'x> {
    /// The arguments at `'x`.
    type Arguments;
    /// The closure that is the machine.
    type Step: Resumable;
    /// Makes the machine in its first state. Runs nothing of the user's.
    fn construct(self, arguments: Self::Arguments) -> Self::Step;
}

impl<'x, K, F, A> Key<'x> for K
where
    K: FnOnce() -> (F, PhantomData<A>),
    F: Constructor<'x, A>,
{
    type Arguments = F::Arguments;
    type Step = F::Step;

    #[inline(always)]
    fn construct(self, arguments: F::Arguments) -> F::Step {
        self().0.construct(arguments)
    }
}

/// The step, with its results as associated types, since they are no parameters of [`Machine`].
pub trait Resumable {
    /// What `yield_!` hands out.
    type Yield;
    /// What the function returns.
    type Return;
    /// Runs on to the next suspension, or to the end.
    ///
    /// A coroutine that runs for the first time while somebody asks for it does nothing but answer, by `introduce`.
    fn resume(
        &mut self,
        context: &mut Context<'_>,
        introduce: Introduce,
    ) -> Step<Self::Return, Self::Yield>;
    /// Does what it is asked; pending while an awaited child is being cancelled.
    fn settle(&mut self, request: &mut Request<'_, '_>) -> Poll<()>;
    /// What it holds in which state, if its function has the option `sizes`.
    fn sizes() -> Option<SizeReport>
    where
        Self: Sized,
    {
        None
    }
    /// Drops what it holds, inlined: where a child that was awaited has just ended, nothing is left of it.
    fn end(&mut self);
}

/// A state and the closures that step and settle it, and tell where it stands.
///
/// They are handed the state by address and capture none of it. If they did, rustc would know of the
/// types in the state that they outlive a borrow of the closure, and would then no longer infer how
/// long another machine of the same function lives: `late(1).await; spawn(late(2));` was E0310.
///
/// The state comes first, whatever they capture: the machine's address is the state's, by which it says who it is
/// (`introduce.rs`).
#[repr(C)]
pub struct Stateful<S, F, G, T> {
    state: S,
    resume: F,
    settle: G,
    tell: T,
}

// SAFETY: of an expansion's closures nothing but the state is data: they capture a marker at most.
unsafe impl<S: Holds<All: Send>, F, G, T> Send for Stateful<S, F, G, T> {}
// SAFETY: as above.
unsafe impl<S: Holds<All: Sync>, F, G, T> Sync for Stateful<S, F, G, T> {}

/// The step of an expansion; pins down the closures' signatures, so that inference starts from them.
///
/// # Safety
///
/// The closures capture nothing but markers. What they tell is true.
#[cfg_attr(not(debug_assertions), inline(always))]
pub const unsafe fn step<S, A, F, G, T>(
    state: S,
    resume: F,
    settle: G,
    tell: T,
) -> Stateful<S, F, G, T>
where
    F: FnMut(*mut S, &mut Context<'_>, Introduce) -> A,
    A: Answer,
    G: FnMut(*mut S, Op) -> Option<Known>,
    T: FnMut(*mut S) -> Stands,
{
    Stateful::new(state, resume, settle, tell)
}

impl<S, F, G, T> Stateful<S, F, G, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) const fn new(state: S, resume: F, settle: G, tell: T) -> Self {
        // Who polls a machine asks for it by its address, and it answers by that of its state.
        const { assert!(size_of::<F>() == 0 && size_of::<G>() == 0 && size_of::<T>() == 0) };
        Stateful {
            state,
            resume,
            settle,
            tell,
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn step<A>(&mut self, context: &mut Context<'_>, introduce: Introduce) -> A
    where
        F: FnMut(*mut S, &mut Context<'_>, Introduce) -> A,
    {
        (self.resume)(&raw mut self.state, context, introduce)
    }
}

impl<S, F, G, T> Stateful<S, F, G, T>
where
    G: FnMut(*mut S, Op) -> Option<Known>,
    T: FnMut(*mut S) -> Stands,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn stands(&mut self) -> (Numbers, &'static str) {
        let stands = (self.tell)(&raw mut self.state);
        const { assert!(size_of::<S>() < u32::MAX as usize) };
        (stands.numbers(&raw const *self), stands.frames)
    }

    /// # Safety
    ///
    /// As for [`Work`](super::op::settle::Work), of this.
    #[inline(never)]
    pub(super) unsafe fn work(machine: *mut u8, op: Op) -> Option<Known> {
        // SAFETY: the caller says that it is there and alone.
        let machine = unsafe { &mut *machine.cast::<Self>() };
        (machine.settle)(&raw mut machine.state, op)
    }
}

impl<S, A, F, G, T> Resumable for Stateful<S, F, G, T>
where
    F: FnMut(*mut S, &mut Context<'_>, Introduce) -> A,
    A: Answer,
    G: FnMut(*mut S, Op) -> Option<Known>,
    T: FnMut(*mut S) -> Stands,
{
    type Yield = A::Yield;
    type Return = A::Return;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn resume(
        &mut self,
        context: &mut Context<'_>,
        introduce: Introduce,
    ) -> Step<A::Return, A::Yield> {
        self.step(context, introduce).step()
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn settle(&mut self, request: &mut Request<'_, '_>) -> Poll<()> {
        let (numbers, frames) = self.stands();
        let machine = (&raw mut *self).cast();
        // SAFETY: the machine is borrowed here, and what it tells is its own.
        unsafe { settle(machine, request, numbers, frames, Self::work) }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn end(&mut self) {
        // Not by `work`, whose call would keep the whole state in memory.
        (self.settle)(&raw mut self.state, Op::Drop);
    }
}

/// What has a state of this type.
pub trait Stated {
    /// The state.
    type State;
}

impl<S, F, G, T> Stated for Stateful<S, F, G, T> {
    type State = S;
}

/// One that can tell what it holds.
pub struct Measured<T, H> {
    step: T,
    sizes: PhantomData<fn() -> H>,
}

/// A step, with what tells the sizes.
///
/// # Safety
///
/// `H` captures nothing.
#[inline(always)]
pub const unsafe fn measured<T: Stated, H>(step: T, _: H) -> Measured<T, H>
where
    H: Fn(*mut T::State) -> SizeReport + Copy,
{
    const { assert!(size_of::<H>() == 0) };
    Measured {
        step,
        sizes: PhantomData,
    }
}

impl<T: Resumable + Stated, H> Resumable for Measured<T, H>
where
    H: Fn(*mut T::State) -> SizeReport + Copy,
{
    type Yield = T::Yield;
    type Return = T::Return;

    #[inline(always)]
    fn resume(
        &mut self,
        context: &mut Context<'_>,
        introduce: Introduce,
    ) -> Step<T::Return, T::Yield> {
        self.step.resume(context, introduce)
    }

    #[inline(always)]
    fn settle(&mut self, request: &mut Request<'_, '_>) -> Poll<()> {
        self.step.settle(request)
    }

    fn end(&mut self) {
        self.step.end();
    }

    fn sizes() -> Option<SizeReport> {
        // Room for a state, in which places can be named.
        let mut state = Box::<T::State>::new_uninit();
        // SAFETY: it has no bytes, captures nothing, and whoever made this had one, which is `Copy`.
        let sizes = unsafe { NonNull::<H>::dangling().read() };
        Some(sizes(state.as_mut_ptr()))
    }
}

/// The machine of one call, in its first state. The lifetimes of the caller are taken for `'frame`, and restored in
/// the machine's own type.
///
/// # Safety
///
/// `arguments` are what the family `A` describes, but for lifetimes; `Y`, `R` and `L` are the true types of what is
/// yielded and returned and the true lifetimes; and a twin of the body was checked with these. (As in
/// [`machine_as_written`], the arguments need not outlive `'frame`.)
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn machine<'frame, A, Y, R, L, F, K, G>(
    key: K,
    arguments: G,
) -> Machine<'frame, K, Y, R, L>
where
    K: FnOnce() -> (F, PhantomData<A>),
    F: Constructor<'frame, A>,
{
    // SAFETY: the caller says that they are the same types but for lifetimes.
    let arguments = unsafe { relived::<G, F::Arguments>(arguments) };
    Machine::new(key.construct(arguments))
}

/// As [`machine`], where no lifetime was taken for another one.
///
/// # Safety
///
/// Nothing of `'frame` is in what the step yields and returns. (What it is called with need not outlive `'frame`: its code is
/// the same for every lifetime, was checked for each that its arguments outlive, and there is one.)
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn machine_as_written<'frame, A, F, K, S>(
    key: K,
    arguments: F::Arguments,
) -> Machine<'frame, K, S::Yield, S::Return, ()>
where
    K: FnOnce() -> (F, PhantomData<A>),
    F: Constructor<'frame, A, Step = S>,
    S: Resumable,
{
    Machine::new(key.construct(arguments))
}

/// The same value, its lifetimes said anew.
///
/// # Safety
///
/// The types differ in lifetimes only, and those of `To` are the true ones, or what is done with it is right for
/// every lifetime.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) unsafe fn relived<From, To>(value: From) -> To {
    const { assert!(size_of::<From>() == size_of::<To>()) };
    // SAFETY: the caller says that it is the same type, so its bytes are a `To`; the original is not used any more.
    unsafe { transmute_copy(&ManuallyDrop::new(value)) }
}

/// What the public function returns, as far as the compiler has to be told: names the lifetimes and types in
/// `T`, so that the hidden type may mention them in every edition.
pub trait Captures<T: ?Sized> {}

impl<T: ?Sized, U: ?Sized> Captures<T> for U {}
