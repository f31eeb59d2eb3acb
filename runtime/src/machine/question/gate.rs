//! What questions have answered, as a type that code elsewhere is steered by.

use super::{Never, unasked};
use core::marker::PhantomData;

/// Whether a part of a local may be gone: what the questions about it have answered, by type alone. Code that drops the
/// rest then knows whether the part can be moved.
pub struct Gate<A>(PhantomData<A>);

impl<A> Clone for Gate<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for Gate<A> {}

impl Gate<Never> {
    /// Nothing is consumed.
    pub const NOT: Self = Gate(PhantomData);
}

impl<A: Outcome> Gate<A> {
    /// A gate whose type is still open.
    pub const OPEN: Self = Gate(PhantomData);

    /// Gives it its type; never called.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn tell(&self, _: impl Fn() -> A) {}

    /// Consumed by one or by the other.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn or<B: Outcome>(self, _: Gate<B>) -> Gate<A::Or<B>> {
        Gate(PhantomData)
    }

    /// Consumed by one and by the other.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn and<B: Outcome>(self, _: Gate<B>) -> Gate<A::And<B>> {
        Gate(PhantomData)
    }

    /// Whether it is consumed.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn consumes(self) -> bool {
        A::CONSUMES
    }

    /// Goes on only where nothing consumes it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn stop(self) -> A::Not {
        A::not()
    }

    /// The value of a local that a call consumes, as an operand of it; nothing if it borrows.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn lend<T>(self, take: impl FnOnce() -> T) -> A::Spent<T> {
        A::lend(take)
    }

    /// Goes on only where some call consumes the part.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn pass(self) -> A {
        A::here()
    }
}

/// Room in a state for a local of type `T` that is elsewhere: none.
pub struct Gone<T>(PhantomData<fn() -> T>);

/// `()` where a call consumes, [`Never`] where it borrows.
pub trait Outcome {
    /// Of two calls.
    type Or<B: Outcome>: Outcome;
    /// Of two calls that both have to consume.
    type And<B: Outcome>: Outcome;
    /// What a state has room for of a local that is consumed.
    type Spent<T>;
    /// And of one that is not.
    type Kept<T>;
    /// The other outcome.
    type Not;
    /// Whether it consumes.
    const CONSUMES: bool;
    /// The other outcome.
    fn not() -> Self::Not;
    /// Itself.
    fn here() -> Self;
    /// What is spent, if it is.
    fn lend<T>(take: impl FnOnce() -> T) -> Self::Spent<T>;
    /// The same back.
    fn lent<T>(spent: Self::Spent<T>) -> T;
}

impl Outcome for () {
    type Or<B: Outcome> = ();
    type And<B: Outcome> = B;
    type Spent<T> = T;
    type Kept<T> = Gone<T>;
    type Not = Never;
    const CONSUMES: bool = true;
    fn not() -> Never {
        unasked()
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn here() {}
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn lend<T>(take: impl FnOnce() -> T) -> T {
        take()
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn lent<T>(spent: T) -> T {
        spent
    }
}

impl Outcome for Never {
    type Or<B: Outcome> = B;
    type And<B: Outcome> = Never;
    type Spent<T> = Gone<T>;
    type Kept<T> = T;
    type Not = ();
    const CONSUMES: bool = false;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn not() {}
    fn here() -> Never {
        unasked()
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn lend<T>(_: impl FnOnce() -> T) -> Gone<T> {
        Gone(PhantomData)
    }
    fn lent<T>(_: Gone<T>) -> T {
        unasked()
    }
}
