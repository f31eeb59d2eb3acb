//! `x.take()` where the type in an `Option` is still open, as that of `let mut last = None;` is.
//!
//! Input: a held local. Output: whether it is an `Option`, which is used in place; of any other type rustc is asked as of any
//! method. Of an `Option` it can't be: whether it is `Copy` depends on what nobody knows yet.

use core::marker::PhantomData;

use super::open::OpenOther;
use super::{Never, Nobody, Verdict, unasked};

/// A held local of which `take` is called.
pub struct Optional<T>(PhantomData<T>);

impl<T> Optional<T> {
    /// For the local at this place.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn new(_: *mut T) -> Self {
        Optional(PhantomData)
    }
}

/// An `Option`: borrowed, without a question.
pub trait IsOption {
    /// The local's type.
    type Local;
    /// Who is asked; never called.
    fn whom(&self, _: *mut Self::Local) -> *mut Nobody {
        unasked()
    }
    /// Whether it leaves: it does not.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn leaves(&self, _: impl Fn() -> bool) -> bool {
        false
    }
    /// Closes the branch that moves.
    fn if_consumes<X>(&self, _: impl Fn() -> X) -> Never {
        unasked()
    }
    /// Opens the branch that borrows.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn if_borrows<X>(&self, _: impl Fn() -> X) {}
    /// What the call returns.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn as_asked<V, S, W, X, D, R>(&self, _: &Verdict<V, S, W, X, D>, returned: R) -> R {
        returned
    }
}

impl<T> IsOption for &Optional<Option<T>> {
    type Local = Option<T>;
}
impl<T> OpenOther for Optional<T> {
    type Local = T;
}

/// The call itself, as `receiver!` is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_optional {
    ($($call:tt)*) => { $crate::__costate_open_of!(Optional [&mut self] [] $($call)*) };
}

pub use crate::__costate_optional as optional;
