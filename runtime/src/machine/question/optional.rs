//! `x.take()` where the type in an `Option` is still open, as that of `let mut last = None;` is.
//!
//! Input: a held local. Output: whether it is an `Option`, which is used in place; of any other type rustc is asked as of any
//! method. Of an `Option` it can't be: whether it is `Copy` depends on what nobody knows yet.

use core::marker::PhantomData;

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
    /// Whether rustc is asked.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_asked(&self) -> bool {
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
    fn as_asked<V, Q, A, B, N, W, D, X>(&self, _: &Verdict<V, Q, A, B, N, W, D>, returned: X) -> X {
        returned
    }
}

/// Anything else: as the question says.
pub trait IsNoOption {
    /// The local's type.
    type Local;
    /// Who is asked.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn whom(&self, local: *mut Self::Local) -> *mut Self::Local {
        local
    }
    /// Whether rustc is asked.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_asked(&self) -> bool {
        true
    }
    /// Opens the branch that moves if the answer does.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn if_consumes<X>(&self, answer: impl Fn() -> X) -> X {
        answer()
    }
    /// Opens the branch that borrows if the answer does.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn if_borrows<X>(&self, answer: impl Fn() -> X) -> X {
        answer()
    }
    /// What the call returns, which is what was asked about.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn as_asked<V, Q, A, B, N, W, D>(&self, _: &Verdict<V, Q, A, B, N, W, D>, returned: V) -> V {
        returned
    }
}

impl<T> IsOption for &Optional<Option<T>> {
    type Local = Option<T>;
}
impl<T> IsNoOption for Optional<T> {
    type Local = T;
}

/// The call itself, as `receiver!` is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_optional {
    ([$asking:ident] $place:ident $live:ident $([$told:ident])? . $m:ident [] [] ()) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::$asking::*;
        trait CostateNobody: Sized {
            fn $m(&mut self) -> $crate::__private::question::Nobody { loop {} }
        }
        impl CostateNobody for $crate::__private::question::Nobody {}
        let optional = &&$crate::__private::question::Optional::new(*$place);
        let whom = if $crate::__private::question::never() {
            optional.whom(*$place)
        } else {
            ::core::ptr::null_mut()
        };
        let whom = &whom;
        let verdict = $crate::__costate_verdict!([$asking] whom . $m [] [] ());
        let gate = &&&&&&&&&&&&verdict;
        $($told.tell(|| optional.if_consumes(|| gate.if_consumes()));)?
        if optional.is_asked() && gate.consumes() {
            optional.if_consumes(|| gate.if_consumes());
            optional.as_asked(&verdict, $live.take().$m())
        } else {
            optional.if_borrows(|| gate.if_borrows());
            optional.as_asked(&verdict, (**$place).$m())
        }
    }};
    ($($question:tt)*) => { $crate::__costate_optional!([asking] $($question)*) };
}

pub use crate::__costate_optional as optional;
