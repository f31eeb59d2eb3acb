//! `?` without the unstable `Try`: what the operator does for the types of the standard library.
//!
//! Input: the operand of a `?`. Output: its value, or the residual that the coroutine returns. The
//! impls are those of `core`, so the machine accepts what the twin's own `?` accepts. What that refuses is
//! accepted here and never runs ([`NoTry`], [`NoResult`]), so that the error is printed once, in rustc's words.

use core::convert::Infallible;
use core::marker::PhantomData;
use core::ops::{ControlFlow, Deref};
use core::task::Poll;

/// The operand of `?`.
pub trait Branch {
    /// What `operand?` evaluates to.
    type Output;
    /// What it returns early.
    type Residual;
    /// Says which of the two it is.
    fn branch(self) -> ControlFlow<Self::Residual, Self::Output>;
}

/// The result of a function with a `?` in it.
pub trait FromResidual<R> {
    /// The result to return early with.
    fn from_residual(residual: R) -> Self;
}

/// The operand of a `?`: `Try(operand).branch()`.
pub struct Try<T>(pub T);

impl<T: Branch> Try<T> {
    /// Says whether to go on or to return early.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn branch(self) -> ControlFlow<T::Residual, T::Output> {
        self.0.branch()
    }
}

/// What is no operand of a `?`. Method lookup comes here where [`Try`] has nothing to say.
pub struct NoTry<T>(PhantomData<T>);

impl<T> Deref for Try<T> {
    type Target = NoTry<T>;

    fn deref(&self) -> &NoTry<T> {
        never_run()
    }
}

impl<T> NoTry<T> {
    /// What `operand?` is, which nobody knows.
    ///
    /// # Panics
    ///
    /// If it is called.
    pub fn branch<Unknown>(&self) -> ControlFlow<Infallible, Unknown> {
        never_run()
    }
}

/// What a `?` returns early of a function whose result is an `R`.
pub struct Early<E, R>(E, PhantomData<R>);

impl<E, R> Early<E, R> {
    /// Of this residual.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn new(residual: E) -> Self {
        Early(residual, PhantomData)
    }
}

impl<E, R: FromResidual<E>> Early<E, R> {
    /// The function's result.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn result(self) -> R {
        R::from_residual(self.0)
    }
}

/// What is no result of the function. Method lookup comes here where [`Early`] has nothing to say.
pub struct NoResult<R>(PhantomData<R>);

impl<E, R> Deref for Early<E, R> {
    type Target = NoResult<R>;

    fn deref(&self) -> &NoResult<R> {
        never_run()
    }
}

impl<R> NoResult<R> {
    /// Types as the function's result.
    ///
    /// # Panics
    ///
    /// If it is called.
    pub fn result(&self) -> R {
        never_run()
    }
}

fn never_run() -> ! {
    unreachable!("the straight-line twin refuses such a `?`")
}

impl<T, E> Branch for Result<T, E> {
    type Output = T;
    type Residual = Result<Infallible, E>;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn branch(self) -> ControlFlow<Self::Residual, T> {
        match self {
            Ok(value) => ControlFlow::Continue(value),
            Err(error) => ControlFlow::Break(Err(error)),
        }
    }
}

impl<T> Branch for Option<T> {
    type Output = T;
    type Residual = Option<Infallible>;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn branch(self) -> ControlFlow<Self::Residual, T> {
        match self {
            Some(value) => ControlFlow::Continue(value),
            None => ControlFlow::Break(None),
        }
    }
}

impl<B, C> Branch for ControlFlow<B, C> {
    type Output = C;
    type Residual = ControlFlow<B, Infallible>;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn branch(self) -> ControlFlow<Self::Residual, C> {
        match self {
            ControlFlow::Continue(value) => ControlFlow::Continue(value),
            ControlFlow::Break(value) => ControlFlow::Break(ControlFlow::Break(value)),
        }
    }
}

impl<T, E> Branch for Poll<Result<T, E>> {
    type Output = Poll<T>;
    type Residual = Result<Infallible, E>;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn branch(self) -> ControlFlow<Self::Residual, Poll<T>> {
        match self {
            Poll::Ready(Ok(value)) => ControlFlow::Continue(Poll::Ready(value)),
            Poll::Ready(Err(error)) => ControlFlow::Break(Err(error)),
            Poll::Pending => ControlFlow::Continue(Poll::Pending),
        }
    }
}

impl<T, E> Branch for Poll<Option<Result<T, E>>> {
    type Output = Poll<Option<T>>;
    type Residual = Result<Infallible, E>;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn branch(self) -> ControlFlow<Self::Residual, Poll<Option<T>>> {
        match self {
            Poll::Ready(Some(Ok(value))) => ControlFlow::Continue(Poll::Ready(Some(value))),
            Poll::Ready(Some(Err(error))) => ControlFlow::Break(Err(error)),
            Poll::Ready(None) => ControlFlow::Continue(Poll::Ready(None)),
            Poll::Pending => ControlFlow::Continue(Poll::Pending),
        }
    }
}

impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Result<T, F> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from_residual(residual: Result<Infallible, E>) -> Self {
        let Err(error) = residual;
        Err(F::from(error))
    }
}

impl<T> FromResidual<Option<Infallible>> for Option<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from_residual(_: Option<Infallible>) -> Self {
        None
    }
}

impl<B, C> FromResidual<ControlFlow<B, Infallible>> for ControlFlow<B, C> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from_residual(residual: ControlFlow<B, Infallible>) -> Self {
        let ControlFlow::Break(value) = residual;
        ControlFlow::Break(value)
    }
}

impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Poll<Result<T, F>> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from_residual(residual: Result<Infallible, E>) -> Self {
        Poll::Ready(Result::from_residual(residual))
    }
}

impl<T, E, F: From<E>> FromResidual<Result<Infallible, E>> for Poll<Option<Result<T, F>>> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn from_residual(residual: Result<Infallible, E>) -> Self {
        Poll::Ready(Some(Result::from_residual(residual)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    macro_rules! own {
        ($operand:expr) => {
            match Try($operand).branch() {
                ControlFlow::Continue(value) => value,
                ControlFlow::Break(residual) => return Early::<_, _>::new(residual).result(),
            }
        };
    }

    #[test]
    fn it_branches_as_the_operator_does() {
        fn own_result(text: &str) -> Result<i32, Box<dyn std::error::Error>> {
            Ok(own!(text.parse::<i32>()))
        }
        fn own_option(value: Option<i32>) -> Option<i64> {
            Some(own!(value).into())
        }
        fn own_poll(value: Poll<Result<i32, u8>>) -> Poll<Result<i64, u16>> {
            own!(value).map(|value| Ok(value.into()))
        }
        fn own_flow(value: ControlFlow<u8, i32>) -> ControlFlow<u8> {
            let _: i32 = own!(value);
            ControlFlow::Continue(())
        }
        assert_eq!(own_result("7").ok(), Some(7));
        assert!(own_result("x").is_err());
        assert_eq!((own_option(Some(1)), own_option(None)), (Some(1), None));
        assert_eq!(own_poll(Poll::Ready(Err(1))), Poll::Ready(Err(1)));
        assert_eq!(own_poll(Poll::Pending), Poll::Pending);
        assert_eq!(own_flow(ControlFlow::Break(3)), ControlFlow::Break(3));
    }
}
