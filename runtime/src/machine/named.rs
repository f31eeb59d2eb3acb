//! Is a local that a macro takes by its name a `&mut`?
//!
//! Such a one is named by a copy, through which the macro may change what it points to. Any other is named as the
//! binding of a guard, which is the place itself, to be read. The wrong branch is unreachable to rustc.

use super::question::Never;

/// The held local at this place. By autoref: `(&&Named(place)).is_unique()`.
pub struct Named<T>(pub *mut T);

macro_rules! answers {
    ($(#[$about:meta])* $name:ident, $is_unique:literal, $if:ty, $on:block, $unless:ty, $off:block) => {
        $(#[$about])*
        pub trait $name {
            /// Whether it is a `&mut`.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn is_unique(&self) -> bool {
                $is_unique
            }
            /// Opens the branch with the copy.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn if_unique(&self) -> $if $on
            /// Opens the branch with the place.
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn if_other(&self) -> $unless $off
        }
    };
}

answers!(
    /// A `&mut`.
    Unique, true, (), {}, Never, { never_called() }
);
answers!(
    /// Anything else.
    Other, false, Never, { never_called() }, (), {}
);

impl<U: ?Sized> Unique for &Named<&mut U> {}
impl<T> Other for Named<T> {}

fn never_called() -> Never {
    unreachable!("the branch of the other answer is never taken")
}
