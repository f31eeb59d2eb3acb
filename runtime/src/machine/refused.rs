//! What a function gives whose body the macro refused: a machine by type, so that the user sees the macro's
//! error and not a second one at each call.

use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::{Coroutine, Frame, Generator, Resumed};

/// Stands where a machine would. There is no value of it, as a program with a macro's error does not run.
pub struct Refused<T, Y>(PhantomData<fn() -> (T, Y)>);

/// Types as a machine.
///
/// # Panics
///
/// If it is called.
pub fn refused<T, Y>() -> Refused<T, Y> {
    never_run()
}

fn never_run() -> ! {
    unimplemented!("the body of this coroutine has an error")
}

impl<T, Y> Future for Refused<T, Y> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        never_run()
    }
}

impl<T, Y> Coroutine for Refused<T, Y> {
    fn poll_cancel(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        never_run()
    }

    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}

impl<T, Y> Generator for Refused<T, Y> {
    type Yield = Y;
    type Return = T;

    fn resume(self: Pin<&mut Self>) -> Resumed<Y, T> {
        never_run()
    }

    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}
