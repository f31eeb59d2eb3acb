//! `f(..)` on a held local: whether the call consumes it, by the traits of functions that it has.
//!
//! The async ones are asked behind the others of the same kind: of a type parameter with such a bound no other is known.

use core::marker::PhantomData;

use super::{Asking, Borrowed, Guard, Never, Owned, Spot, unasked};

/// A held local that is called: `f(..)`.
pub struct Callee<F, A>(PhantomData<(F, A)>);

impl<F, A> Callee<F, A> {
    /// For the callee at this place and these arguments.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn new(_: *mut F, _: &A) -> Self {
        Callee(PhantomData)
    }

    /// The same where the arguments are not yet there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn of(_: *mut F) -> Self {
        Callee(PhantomData)
    }
}

macro_rules! callee {
    ($name:ident, $awaited:ident, $once:ident, $awaited_once:ident: $($arg:ident)*) => {
        outcome!(borrows $name [F: FnMut($($arg),*) -> Out, Out, $($arg),*]
            &&&&Callee<F, ($($arg,)*)>);
        outcome!(borrows $awaited [F: AsyncFnMut($($arg),*) -> Out, Out, $($arg),*]
            &&&Callee<F, ($($arg,)*)>);
        outcome!(consumes $once [F: FnOnce($($arg),*) -> Out, Out, $($arg),*]
            &&Callee<F, ($($arg,)*)>);
        outcome!(consumes $awaited_once [F: AsyncFnOnce($($arg),*) -> Out, Out, $($arg),*]
            &Callee<F, ($($arg,)*)>);
    };
}

callee!(CalledByMut0, AwaitedByMut0, CalledOnce0, AwaitedOnce0:);
callee!(CalledByMut1, AwaitedByMut1, CalledOnce1, AwaitedOnce1: A);
callee!(CalledByMut2, AwaitedByMut2, CalledOnce2, AwaitedOnce2: A B);
callee!(CalledByMut3, AwaitedByMut3, CalledOnce3, AwaitedOnce3: A B C);
callee!(CalledByMut4, AwaitedByMut4, CalledOnce4, AwaitedOnce4: A B C D);
callee!(CalledByMut5, AwaitedByMut5, CalledOnce5, AwaitedOnce5: A B C D E);
callee!(CalledByMut6, AwaitedByMut6, CalledOnce6, AwaitedOnce6: A B C D E G);
// Arguments that only a coercion makes fit: in place, which for an `FnOnce` is E0507.
outcome!(borrows CalledSomehow [F, A] Callee<F, A>);

/// The traits, without their names.
pub mod answers {
    pub use super::{
        AwaitedByMut0 as _, AwaitedByMut1 as _, AwaitedByMut2 as _, AwaitedByMut3 as _,
        AwaitedByMut4 as _, AwaitedByMut5 as _, AwaitedByMut6 as _, AwaitedOnce0 as _,
        AwaitedOnce1 as _, AwaitedOnce2 as _, AwaitedOnce3 as _, AwaitedOnce4 as _,
        AwaitedOnce5 as _, AwaitedOnce6 as _, CalledByMut0 as _, CalledByMut1 as _,
        CalledByMut2 as _, CalledByMut3 as _, CalledByMut4 as _, CalledByMut5 as _,
        CalledByMut6 as _, CalledOnce0 as _, CalledOnce1 as _, CalledOnce2 as _, CalledOnce3 as _,
        CalledOnce4 as _, CalledOnce5 as _, CalledOnce6 as _, CalledSomehow as _,
    };
}
