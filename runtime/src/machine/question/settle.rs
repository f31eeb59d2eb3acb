//! What becomes of types that only a turbofish mentions: `x.m::<Vec<_>>()`.
//!
//! A probe has as many type parameters as the user's method, and nothing says what `_` is there. Input: a probe's
//! answer, the type of the call itself, and the turbofish's types with something in the place of each `_`. Output: the
//! answer with nothing open. Never called, but for what a call's own value passes through.

use core::future::Future;
use core::marker::PhantomData;

use super::{Expected, Ours, Plain, Verdict, unasked};

/// A probe's answer, and what the call returns.
pub struct Settling<X, V>(PhantomData<(X, V)>);

impl<X, V> Settling<X, V> {
    /// Of these types.
    pub fn new(_: X, _: &V) -> Self {
        Settling(PhantomData)
    }
}

/// What the probe itself answered.
pub trait SettleProbe {
    /// The turbofish's types.
    type Types;
    /// The answer without them.
    type Answer;
    /// Never called.
    fn costate_settle(&self, _: Expected<Self::Types>) -> Self::Answer {
        unasked()
    }
}

/// A future that the user's method returned: it ends in what the other ends in.
pub trait SettleFuture {
    /// The future.
    type Answer;
    /// Never called.
    fn costate_settle<E>(&self, _: E) -> Self::Answer {
        unasked()
    }
}

/// Anything else.
pub trait SettleOther {
    /// The answer.
    type Answer;
    /// Never called.
    fn costate_settle<E>(&self, _: E) -> Self::Answer {
        unasked()
    }
}

impl<G, V> SettleProbe for &&Settling<Ours<G>, V> {
    type Types = G;
    type Answer = Ours;
}
impl<G, V> SettleProbe for &&Settling<Plain<G>, V> {
    type Types = G;
    type Answer = Plain;
}
impl<X: Future<Output = V::Output>, V: Future> SettleFuture for &Settling<X, V> {
    type Answer = X;
}
impl<X, V> SettleOther for Settling<X, V> {
    type Answer = X;
}

/// Links the call itself with the one that was asked about, in whose type something may be open.
pub trait AsAsked {
    /// What the call returns.
    type Returned;
    /// Returns it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn as_asked(&self, returned: Self::Returned) -> Self::Returned {
        returned
    }
}

/// Leaves alone what seems to return what the probe by `&` answered. It does not: it is a call by `&mut` that never returns,
/// whose result may be of any type, or there is no such method, which rustc has said, and nothing of what follows.
pub trait NotAsAsked {
    /// Returns what the call returns.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn as_asked<X>(&self, returned: X) -> X {
        returned
    }
}

impl<W, X, D> NotAsAsked for &Verdict<Ours, Ours, W, X, D> {}
// Nor is there anything to link where the call asked about is an error.
impl<W, X, D> NotAsAsked for &Verdict<Plain, Plain, W, X, D> {}
impl<V, S, W, X, D> AsAsked for Verdict<V, S, W, X, D> {
    type Returned = V;
}

/// The traits, without their names.
pub mod settling {
    pub use super::{SettleFuture as _, SettleOther as _, SettleProbe as _};
}
