//! Receivers that are operands if a call consumes them: until it is made, they are not where the local is.

use core::cell::Cell;
use core::marker::PhantomData;

use super::{Gate, Guard, Outcome};

/// The guard of a receiver that is an operand if the call consumes it.
pub struct Lent<'a, T, A, G>(PhantomData<(T, A)>, &'a G);

impl<'a, T, A: Outcome, G: Guard<A::Spent<T>>> Lent<'a, T, A, G> {
    /// Of the local at this place, whose operand has this guard.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn new(_: Gate<A>, _: *mut T, live: &'a G) -> Self {
        Lent(PhantomData, live)
    }

    /// Moves the value out of the operand.
    ///
    /// # Safety
    ///
    /// It is initialised.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn take(&self) -> T {
        // SAFETY: the caller says that it is initialised.
        A::lent(unsafe { self.1.take() })
    }
}

impl<T, A: Outcome, G: Guard<A::Spent<T>>> Guard<T> for Lent<'_, T, A, G> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take(&self) -> T {
        // SAFETY: the caller's promise is the same.
        unsafe { Lent::take(self) }
    }
}

/// An operand that no state holds: the receiver of a call, if that consumes it.
pub struct OnStack<T, A: Outcome>(Cell<Option<A::Spent<T>>>);

impl<T, A: Outcome> OnStack<T, A> {
    /// Of this value, if the call consumes.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn of(gate: Gate<A>, take: impl FnOnce() -> T) -> Self {
        OnStack(Cell::new(Some(gate.lend(take))))
    }

    /// What says whether it does.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn gate(&self) -> Gate<A> {
        Gate::OPEN
    }
}

impl<T, A: Outcome> Guard<A::Spent<T>> for OnStack<T, A> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take(&self) -> A::Spent<T> {
        // SAFETY: the caller says that it is there.
        unsafe { self.0.take().unwrap_unchecked() }
    }
}
