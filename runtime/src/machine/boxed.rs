//! Owning pointers to machines are machines: they forward cancellation and traces.
//!
//! `&mut F` and `Pin<&mut F>` never do: what is only borrowed is polled again by its owner.

extern crate alloc;

use alloc::boxed::Box;
use core::pin::Pin;
use core::task::{Context, Poll};

use super::{Coroutine, Frame, Generator, Resumed};

impl<F: Coroutine + Unpin + ?Sized> Coroutine for Box<F> {
    fn poll_cancel(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut **self).poll_cancel(cx)
    }

    fn trace(mut self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        Pin::new(&mut **self).trace(visit);
    }
}

impl<F: Coroutine + ?Sized> Coroutine for Pin<Box<F>> {
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.as_deref_mut().poll_cancel(cx)
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        self.as_deref_mut().trace(visit);
    }
}

impl<G: Generator + Unpin + ?Sized> Generator for Box<G> {
    type Yield = G::Yield;
    type Return = G::Return;

    fn resume(mut self: Pin<&mut Self>) -> Resumed<G::Yield, G::Return> {
        Pin::new(&mut **self).resume()
    }

    fn trace(mut self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        Pin::new(&mut **self).trace(visit);
    }
}

impl<G: Generator + ?Sized> Generator for Pin<Box<G>> {
    type Yield = G::Yield;
    type Return = G::Return;

    fn resume(self: Pin<&mut Self>) -> Resumed<G::Yield, G::Return> {
        self.as_deref_mut().resume()
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        self.as_deref_mut().trace(visit);
    }
}

/// What `#[costate::coroutine(boxed, Send)] fn f(..) -> T` returns: a coroutine by a type that can be named, for
/// traits that are to be `dyn`, and for a function that awaits itself.
pub type BoxCoroutine<'a, T> = Pin<Box<dyn Coroutine<Output = T> + Send + 'a>>;

/// What `#[costate::coroutine(boxed)] fn f(..) -> T` returns: as [`BoxCoroutine`], on one thread.
pub type LocalBoxCoroutine<'a, T> = Pin<Box<dyn Coroutine<Output = T> + 'a>>;

/// What `#[costate::coroutine(boxed, Send, yield = Y)] fn f(..) -> R` returns.
pub type BoxGenerator<'a, Y, R> = Pin<Box<dyn Generator<Yield = Y, Return = R> + Send + 'a>>;

/// What `#[costate::coroutine(boxed, yield = Y)] fn f(..) -> R` returns.
pub type LocalBoxGenerator<'a, Y, R> = Pin<Box<dyn Generator<Yield = Y, Return = R> + 'a>>;

#[doc(hidden)]
pub fn boxed<'a, T>(machine: impl Coroutine<Output = T> + 'a) -> LocalBoxCoroutine<'a, T> {
    Box::pin(machine)
}

#[doc(hidden)]
pub fn boxed_send<'a, T>(machine: impl Coroutine<Output = T> + Send + 'a) -> BoxCoroutine<'a, T> {
    Box::pin(machine)
}

#[doc(hidden)]
pub fn boxed_generator<'a, Y, R>(
    machine: impl Generator<Yield = Y, Return = R> + 'a,
) -> LocalBoxGenerator<'a, Y, R> {
    Box::pin(machine)
}

#[doc(hidden)]
pub fn boxed_send_generator<'a, Y, R>(
    machine: impl Generator<Yield = Y, Return = R> + Send + 'a,
) -> BoxGenerator<'a, Y, R> {
    Box::pin(machine)
}
