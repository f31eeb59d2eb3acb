//! What there is a report of: a coroutine, a generator, a function that gives one.

use super::SizeReport;
use crate::{Coroutine, Generator};
use core::any::type_name;
use core::marker::PhantomData;

/// What [`SizeReport::of`] takes. `M` tells the cases apart and is found by the compiler.
pub trait Reportable<M> {
    /// The report.
    fn size_report(self) -> SizeReport;
}

/// Marks the cases of [`Reportable`].
#[derive(Debug)]
pub struct SizesOf<M, A = ()>(PhantomData<(M, A)>);

#[derive(Debug)]
pub struct ACoroutine;
#[derive(Debug)]
pub struct AGenerator;

impl<C: Coroutine> Reportable<SizesOf<ACoroutine>> for &C {
    fn size_report(self) -> SizeReport {
        or_opaque::<C>(C::__sizes())
    }
}

impl<G: Generator> Reportable<SizesOf<AGenerator>> for &G {
    fn size_report(self) -> SizeReport {
        or_opaque::<G>(G::__sizes())
    }
}

/// All that is known of one without the option `sizes`.
fn or_opaque<T>(known: Option<SizeReport>) -> SizeReport {
    known.unwrap_or_else(|| SizeReport {
        name: type_name::<T>(),
        bytes: size_of::<T>(),
        align: align_of::<T>(),
        fields: Vec::new(),
        states: Vec::new(),
    })
}

macro_rules! functions {
    ($(($($argument:ident)*))*) => {$(
        impl<F, T, $($argument),*> Reportable<SizesOf<(ACoroutine,), ($($argument,)*)>> for &F
        where
            F: Fn($($argument),*) -> T,
            T: Coroutine,
        {
            fn size_report(self) -> SizeReport {
                or_opaque::<T>(T::__sizes())
            }
        }

        impl<F, T, $($argument),*> Reportable<SizesOf<(AGenerator,), ($($argument,)*)>> for &F
        where
            F: Fn($($argument),*) -> T,
            T: Generator,
        {
            fn size_report(self) -> SizeReport {
                or_opaque::<T>(T::__sizes())
            }
        }
    )*};
}

functions! { () (A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E G) (A B C D E G H) (A B C D E G H I) }
