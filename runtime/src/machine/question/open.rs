//! Methods whose result's type comes from what is done with it: `it.sum()`, `it.collect()`, `framed.split()`.
//!
//! Input: a held local. Output: whether it is an `Iterator` (or a `Stream`), which these consume; of any other type rustc is
//! asked as of any method. Of an iterator it can't be: an answer that may be of any type looks like a probe's.

use core::marker::PhantomData;

use futures_core::Stream;

use super::{Never, Verdict, unasked};

/// A held local of which such a method is called.
pub struct Opened<T>(PhantomData<T>);

impl<T> Opened<T> {
    /// For the local at this place.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn new(_: *mut T) -> Self {
        Opened(PhantomData)
    }
}

/// A held local of which such a method is called that streams have.
pub struct OpenedStream<T>(PhantomData<T>);

impl<T> OpenedStream<T> {
    /// For the local at this place.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn new(_: *mut T) -> Self {
        OpenedStream(PhantomData)
    }
}

/// Who is asked in an iterator's stead.
#[derive(Clone, Copy)]
pub struct Nobody;

/// An iterator, or a stream: consumed, without a question.
pub trait OpenIterator {
    /// The local's type.
    type Local;
    /// Who is asked; never called.
    fn whom(&self, _: *mut Self::Local) -> *mut Nobody {
        unasked()
    }
    /// Whether it leaves: that is decided.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn leaves(&self, _: impl Fn() -> bool) -> bool {
        true
    }
    /// Opens the branch that moves.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn if_consumes<X>(&self, _: impl Fn() -> X) {}
    /// Closes the branch that borrows.
    fn if_borrows<X>(&self, _: impl Fn() -> X) -> Never {
        unasked()
    }
    /// What the call returns.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn as_asked<V, S, W, X, D, R>(&self, _: &Verdict<V, S, W, X, D>, returned: R) -> R {
        returned
    }
}

/// Anything else: as the question says.
pub trait OpenOther {
    /// The local's type.
    type Local;
    /// Who is asked.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn whom(&self, local: *mut Self::Local) -> *mut Self::Local {
        local
    }
    /// Whether it leaves, as the answer does.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn leaves(&self, answer: impl Fn() -> bool) -> bool {
        answer()
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
    fn as_asked<V, S, W, X, D>(&self, _: &Verdict<V, S, W, X, D>, returned: V) -> V {
        returned
    }
}

impl<T: Iterator> OpenIterator for &Opened<T> {
    type Local = T;
}
impl<T> OpenOther for Opened<T> {
    type Local = T;
}
impl<T: Stream> OpenIterator for &OpenedStream<T> {
    type Local = T;
}
impl<T> OpenOther for OpenedStream<T> {
    type Local = T;
}

/// The call itself, as `receiver!` is written.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_open {
    ($($call:tt)*) => { $crate::__costate_open_of!(Opened [self] [open] $($call)*) };
}

/// The same of a method that streams have.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_open_stream {
    ($($call:tt)*) => { $crate::__costate_open_of!(OpenedStream [self] [open] $($call)*) };
}

/// Both, and [`optional`](super::optional), by what they ask first, how their methods take `self`, and whether their results are open.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_open_of {
    ($opened:ident [$($this:tt)*] [$($open:ident)?] [$asking:ident] $place:ident $live:ident $([$told:ident])? . $m:ident [] [] ($($arg:ident = $given:expr),*)) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::$asking::*;
        trait CostateNobody: Sized {
            fn $m($($this)*, $($arg: impl Sized),*) -> $crate::__private::question::Nobody { loop {} }
        }
        impl CostateNobody for $crate::__private::question::Nobody {}
        let opened = &&$crate::__private::question::$opened::new(*$place);
        let whom = if $crate::__private::question::never() {
            opened.whom(*$place)
        } else {
            ::core::ptr::null_mut()
        };
        let whom = &whom;
        let verdict = $crate::__costate_verdict!([$asking] whom . $m [] [] ($($arg = $given),*));
        let gate = &&&&&&&&verdict;
        $($told.tell(|| opened.if_consumes(|| gate.if_consumes()));)?
        if opened.leaves(|| gate.consumes()) {
            opened.if_consumes(|| gate.if_consumes());
            opened.as_asked(&verdict, $live.take().$m($($given),*))
        } else {
            opened.if_borrows(|| gate.if_borrows());
            opened.as_asked(&verdict, (**$place).$m($($given),*))
        }
    }};
    ($opened:ident [$($this:tt)*] [$($open:ident)?] $($question:tt)*) => {
        $crate::__costate_open_of!($opened [$($this)*] [$($open)?] [asking] $($question)*)
    };
}

pub use crate::{__costate_open as open, __costate_open_stream as open_stream};
