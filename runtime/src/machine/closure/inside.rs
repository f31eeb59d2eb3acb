//! A field that a closure consumes which is not `move`.
//!
//! Input: the guard of the field, and what the field is in. Output: a guard that moves the field out of a value of
//! its own. Of a box such a closure captures the whole, which would drop what is left of it elsewhere: that is an error.

extern crate alloc;
use alloc::boxed::Box;

use crate::machine::slot::Guard;

/// What a field is in. By autoref: `(&Whole(..)).is()`.
pub struct Whole<T>(pub *const T);

/// It is a box.
pub struct Boxed;
/// It is no box.
pub struct Bare;

/// A box.
pub trait IsBox {
    /// Says so.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is(&self) -> Boxed {
        Boxed
    }
}

/// Anything else.
pub trait IsNoBox {
    /// Says so.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is(&self) -> Bare {
        Bare
    }
}

impl<U: ?Sized> IsBox for &Whole<Box<U>> {}
impl<T> IsNoBox for Whole<T> {}

/// Whether something is a box, as a type.
pub trait Kind {
    /// Whether it is.
    const IS_BOX: bool;
}

impl Kind for Boxed {
    const IS_BOX: bool = true;
}

impl Kind for Bare {
    const IS_BOX: bool = false;
}

/// The guard of a field, and what the field is in.
pub struct Inside<G, K>(pub G, pub K);

impl<T, G: Guard<T>, K: Kind> Guard<T> for Inside<G, K> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take(&self) -> T {
        const {
            assert!(
                !K::IS_BOX,
                "a closure consumes a field of what is in a box that is held across a suspension, and would \
                 capture the whole box; bind the field with `let` before the closure"
            );
        }
        // SAFETY: the caller's promise is the same.
        unsafe { self.0.take() }
    }
}
