//! The calls themselves, as the expansion writes them.

/// The verdict on `x.m::<..>(a, b)`, the arguments already bound to names: whether it consumes.
///
/// `x_` is the `&*mut T` of the place; `[G ..]` names a type parameter for each argument of the
/// turbofish.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_verdict {
    ($place:ident . $m:ident [$($g:ident)*] [$($turbofish:tt)*] ($($arg:ident = $given:expr),*)) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::asking::*;
        let gate = $crate::__private::question::Verdict::OPEN;
        if $crate::__private::question::never() {
            // What follows is for the type checker alone.
            ::core::panic!();
            let first = $crate::__private::question::Answer::UNASKED;
            let asked = &&&&&&&$crate::__private::question::Recv(
                *$place, ::core::marker::PhantomData);
            $crate::__private::question::told(
                &first,
                ::core::ptr::read(*$place).$m $($turbofish)* ($($given),*),
                {
                    trait NameTheTraitToSayThatThisConsumes: Sized {
                        fn $m<$($g),*>(self, $($arg: impl Sized),*)
                            -> $crate::__private::question::Ours { loop {} }
                    }
                    impl<T> NameTheTraitToSayThatThisConsumes for T {}
                    asked.v().$m $($turbofish)* ($($given),*)
                },
                {
                    trait CostateByRef {
                        fn $m<$($g),*>(&self, $($arg: impl Sized),*)
                            -> $crate::__private::question::Ours { loop {} }
                    }
                    impl<T: ?Sized> CostateByRef for &T {}
                    trait CostatePlain: Sized {
                        fn $m<$($g),*>(self, $($arg: impl Sized),*)
                            -> $crate::__private::question::Plain { loop {} }
                    }
                    impl CostatePlain for $crate::__private::question::Plain {}
                    asked.r().$m $($turbofish)* ($($given),*)
                },
                {
                    trait CostateByMut {
                        fn $m<$($g),*>(&mut self, $($arg: impl Sized),*)
                            -> $crate::__private::question::Ours { loop {} }
                    }
                    impl<T: ?Sized> CostateByMut for &mut T {}
                    trait CostatePlain: Sized {
                        fn $m<$($g),*>(self, $($arg: impl Sized),*)
                            -> $crate::__private::question::Plain { loop {} }
                    }
                    impl CostatePlain for $crate::__private::question::Plain {}
                    asked.m().$m $($turbofish)* ($($given),*)
                },
                {
                    trait NameTheTraitToSayThatThisConsumes: Sized {
                        fn $m<$($g),*>(self, $($arg: impl Sized),*)
                            -> $crate::__private::question::Ours { loop {} }
                    }
                    impl<T> NameTheTraitToSayThatThisConsumes for T {}
                    asked.inside(asked.n().$m $($turbofish)* ($($given),*))
                },
            );
            let asked = &&&$crate::__private::question::About(*$place, &first);
            $crate::__private::question::told_again(&gate, &first, {
                trait CostateAgain {
                    fn $m<$($g),*>(&self, $($arg: impl Sized),*)
                        -> $crate::__private::question::Ours { loop {} }
                }
                impl<T: ?Sized> CostateAgain for T {}
                asked.whom().$m $($turbofish)* ($($given),*)
            });
        }
        gate
    }};
}

/// The call itself; `x_live` is the guard, or what takes a part of a local, whose gate is told the answer.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_receiver {
    ($place:ident $live:ident $([$told:ident])? . $m:ident
        [$($g:ident)*] [$($turbofish:tt)*] ($($arg:ident = $given:expr),*)) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::asking::*;
        let gate = $crate::__costate_verdict!(
            $place . $m [$($g)*] [$($turbofish)*] ($($arg = $given),*)
        );
        let gate = &&&&&&&&gate;
        $($told.tell(|| gate.if_consumes());)?
        if gate.consumes() {
            gate.if_consumes();
            $live.take().$m $($turbofish)* ($($given),*)
        } else {
            gate.if_borrows();
            (**$place).$m $($turbofish)* ($($given),*)
        }
    }};
}

/// What a closure that is not `move` captures of a held `x` on which it calls `x.m()`: the value if the method
/// consumes it, else a spot. `alone` if the closure captures nothing else that it may borrow.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_capture {
    ($place:ident $live:ident $life:ident $how:ident . $m:ident [$($turbofish:tt)*]) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::asking::*;
        let gate = $crate::__costate_verdict!($place . $m [] [$($turbofish)*] ());
        (&&&&&&&&gate).$how($crate::__private::Asking(*$place, $live), $life)
    }};
}

/// `x.into_iter()` on a held `x`: by value iff the type itself is an `IntoIterator`, for lookup
/// finds that first.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_into_iter {
    ($place:ident $live:ident $([$told:ident])? . $m:ident) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::asking::*;
        let gate = $crate::__private::question::Source::new(*$place);
        let gate = &&gate;
        $($told.tell(|| gate.if_consumes());)?
        if gate.consumes() {
            gate.if_consumes();
            $live.take().$m()
        } else {
            gate.if_borrows();
            (**$place).$m()
        }
    }};
}

/// `f(a, b)` on a held `f`, its arguments bound as one tuple.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_callee {
    ($place:ident $live:ident $([$told:ident])? ($arguments:ident $($index:tt)*)) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::asking::*;
        let gate = $crate::__private::question::Callee::new(*$place, &$arguments);
        let gate = &&&gate;
        $($told.tell(|| gate.if_consumes());)?
        if gate.consumes() {
            gate.if_consumes();
            $live.take()($($arguments.$index),*)
        } else {
            gate.if_borrows();
            (**$place)($($arguments.$index),*)
        }
    }};
}

pub use crate::{
    __costate_callee as callee, __costate_capture as capture, __costate_into_iter as into_iter,
    __costate_receiver as receiver, __costate_verdict as verdict,
};
