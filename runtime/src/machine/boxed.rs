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
