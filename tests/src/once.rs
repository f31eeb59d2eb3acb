//! The smallest future that suspends, for tests of what surrounds it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Suspends once; one byte.
pub struct Once(bool);

/// A future that is ready when it is polled for the second time.
pub fn once() -> Once {
    Once(false)
}

impl Future for Once {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}
