//! The calls themselves, as the expansion writes them.

/// The verdict on `x.m::<..>(a, b)`, the arguments already bound to names: whether it consumes.
///
/// `x_` is the `&*mut T` of the place; `[G = T, ..]` names a type parameter for each argument of the
/// turbofish, and a type that it may have where nothing depends on it.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_verdict {
    ([$asking:ident] $place:ident . $m:ident
        [$($g:ident = $type:ty),*] [$($turbofish:tt)*] ($($arg:ident = $given:expr),*)) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::$asking::*;
        let gate = $crate::__private::question::Verdict::OPEN;
        if $crate::__private::question::never() {
            // What follows is for the type checker alone.
            ::core::panic!();
            let first = $crate::__private::question::Answer::UNASKED;
            // Whom nobody need ask: its own method comes before any trait's.
            struct CostatePlain;
            impl CostatePlain {
                fn $m<$($g),*>(self, $($arg: impl Sized),*)
                    -> $crate::__private::question::Plain<($($g,)*)> { loop {} }
            }
            // Of which nobody knows: by value it has only what every type has that may be sent, pinned and so on alike.
            struct CostateAny<T>(::core::marker::PhantomData<T>);
            fn costate_any<T>(_: *mut T) -> CostateAny<T> { loop {} }
            impl<T> CostateAny<T> {
                fn $m<$($g),*>(&self, $($arg: impl Sized),*)
                    -> $crate::__private::question::Ours<($($g,)*)> { loop {} }
            }
            let asked = &&&&$crate::__private::question::Recv(
                *$place, ::core::marker::PhantomData);
            let theirs = &(*$place).read().$m $($turbofish)* ($($given),*);
            {
                trait _CostateByRef {
                    fn $m<$($g),*>(&self, $($arg: impl Sized),*)
                        -> $crate::__private::question::Ours<($($g,)*)> { loop {} }
                }
                impl<T: ?Sized> _CostateByRef for &T {}
                $crate::__private::question::told(
                    &first,
                    theirs,
                    &$crate::__costate_settled!([$($type,)*] theirs, asked.costate_itself(CostatePlain).$m $($turbofish)* ($($given),*)),
                    &$crate::__costate_settled!([$($type,)*] theirs, asked.costate_inside(CostatePlain).$m $($turbofish)* ($($given),*)),
                );
            }
            {
                let asked = &&&&$crate::__private::question::About(*$place, &first);
                #[allow(dead_code)]
                trait NameTheTraitToSayThatThisConsumes {
                    fn $m<$($g),*>(&self, $($arg: impl Sized),*)
                        -> $crate::__private::question::Ours<($($g,)*)> { loop {} }
                }
                impl<T> NameTheTraitToSayThatThisConsumes for T {}
                $crate::__private::question::told_again(
                    &gate,
                    &first,
                    &$crate::__costate_settled!([$($type,)*] theirs, asked.costate_again(CostatePlain).$m $($turbofish)* ($($given),*)),
                    &$crate::__costate_settled!([$($type,)*] theirs, asked.costate_within(CostatePlain).$m $($turbofish)* ($($given),*)),
                    &$crate::__costate_settled!([$($type,)*] theirs, costate_any(*$place).$m $($turbofish)* ($($given),*)),
                );
            }
        }
        gate
    }};
    ($($question:tt)*) => { $crate::__costate_verdict!([asking] $($question)*) };
}

/// An answer of a probe's with no type in it that is still open.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_settled {
    ([] $theirs:ident, $answer:expr) => { $answer };
    ([$($type:ty,)+] $theirs:ident, $answer:expr) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::settling::*;
        let answer = $crate::__private::question::Settling::new($answer, $theirs);
        (&&&answer).costate_settle($crate::__private::question::Expected::<($($type,)*)>::OPEN)
    }};
}

/// What `x.m::<..>(a, b)` expects of each of its arguments, before these are evaluated.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_expected {
    ($place:ident . $m:ident [$($turbofish:tt)*] ($($arg:ident = $any:expr),*)) => {{
        $(let $arg = $crate::__private::question::Expected::OPEN;)*
        if $crate::__private::question::never() {
            // What follows is for the type checker alone.
            ::core::panic!();
            $crate::__private::question::checked((*$place).read().$m $($turbofish)* ($($any),*));
        }
        ($($arg,)*)
    }};
}

/// What `f(a, b)` expects of each of its arguments, before these are evaluated.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_expected_by {
    ($place:ident ($($arg:ident)*)) => {{
        $(let $arg = $crate::__private::question::Expected::OPEN;)*
        if $crate::__private::question::never() {
            // What follows is for the type checker alone.
            ::core::panic!();
            $crate::__private::question::checked(((*$place).read())($($arg.any()),*));
        }
        ($($arg,)*)
    }};
}

/// The call itself; `[asking]` says what is asked first, see there; `x_live` is the guard, or what takes a part of a local, whose gate is told the answer.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_receiver {
    ([$asking:ident] $place:ident $live:ident $([$told:ident])? . $m:ident
        [$($g:ident = $type:ty),*] [$($turbofish:tt)*] ($($arg:ident = $given:expr),*)) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::$asking::*;
        let gate = $crate::__costate_verdict!(
            [$asking] $place . $m [$($g = $type),*] [$($turbofish)*] ($($arg = $given),*)
        );
        let gate = &&&&&&&&gate;
        $($told.tell(|| gate.if_consumes());)?
        if gate.consumes() {
            gate.if_consumes();
            let typed = &&*******gate;
            typed.as_asked($live.take().$m $($turbofish)* ($($given),*))
        } else {
            gate.if_borrows();
            let typed = &&*******gate;
            typed.as_asked((**$place).$m $($turbofish)* ($($given),*))
        }
    }};
    ($($question:tt)*) => { $crate::__costate_receiver!([asking] $($question)*) };
}

/// What a closure that is not `move` captures of a held `x` on which it calls `x.m()`: the value if the method
/// consumes it, else a spot. `alone` if the closure captures nothing else that it may borrow.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_capture {
    ($place:ident $live:ident $life:ident $how:ident $([$told:ident])? . $m:ident [$($turbofish:tt)*]) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::asking::*;
        let gate = $crate::__costate_verdict!($place . $m [] [$($turbofish)*] ());
        $($told.tell(|| (&&&&&&&&gate).if_consumes());)?
        (&&&&&&&&gate).$how($crate::__private::Asking(*$place, $live), $life)
    }};
}

/// The same of a held `f` that it calls once, `f(a, b)`: of arguments whose types only the call tells.
#[doc(hidden)]
#[macro_export]
macro_rules! __costate_capture_callee {
    ($place:ident $live:ident $life:ident $how:ident $arguments:ty) => {{
        #[allow(unused_imports)]
        use $crate::__private::question::asking::*;
        let gate = $crate::__private::question::Callee::<_, $arguments>::of(*$place);
        (&&&&&gate).$how($crate::__private::Asking(*$place, $live), $life)
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
        let gate = &&&&&gate;
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
    __costate_callee as callee, __costate_capture as capture,
    __costate_capture_callee as capture_callee, __costate_expected as expected,
    __costate_expected_by as expected_by, __costate_into_iter as into_iter,
    __costate_receiver as receiver, __costate_settled as settled, __costate_verdict as verdict,
};
