//! What a literal `S { a: value, ..rest }` expects of its parts, as types.

use core::marker::PhantomData;

/// The types of the fields that a literal lists, and of what it takes the others from.
pub struct Update<V, W>(PhantomData<fn(V, W)>);

/// They come from the literal itself, which is never made here.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn update<V, W, S>(_: impl FnOnce(V, W) -> S) -> Update<V, W> {
    Update(PhantomData)
}

impl<V, W> Update<V, W> {
    /// The values of the fields, coerced to what is expected of them.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn of(self, values: V) -> (Self, V) {
        (self, values)
    }

    /// What the other fields are taken from.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn rest(&self, rest: W) -> W {
        rest
    }
}
