//! A cancellation that exists only for `'static` children isn't run on others.
use costate::{Coroutine, Frame};
use std::pin::Pin;
use std::task::{Context, Poll};

fn keep(_: &'static str) {}
struct Leak<'a>(&'a str);
impl Future for Leak<'_> {
    type Output = ();
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}
impl Coroutine for Leak<'static> {
    fn poll_cancel(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(keep(self.0))
    }
    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}

#[costate::coroutine]
fn leak(text: &str) {
    Leak(text).await;
}

fn main() {}
