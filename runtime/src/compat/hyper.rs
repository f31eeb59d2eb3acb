//! hyper's `rt` traits.
//!
//! Input: a stream, a future or a moment. Output: what hyper 1 asks a runtime for. Invariant: bytes that hyper takes as read were
//! written by the stream. Non-goal: cancelling what hyper drops.

use super::CostateIo;
use crate::time;
use futures_io::{AsyncRead, AsyncWrite};
use hyper::rt::{Executor, Read, ReadBufCursor, Sleep, Timer, Write};
use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

/// Runs what hyper spawns as tasks of the current runtime, each [on its own](crate::Task::detach): that of an HTTP/2 connection for each of its streams,
/// for instance.
///
/// ```
/// use costate::compat::{CostateExecutor, CostateIo, CostateTimer};
/// use costate::net::TcpStream;
/// use hyper::body::Incoming;
/// use hyper::server::conn::http1;
/// use hyper::service::service_fn;
/// use hyper::{Request, Response};
///
/// #[costate::coroutine]
/// fn greet(request: Request<Incoming>) -> hyper::Result<Response<String>> {
///     Ok(Response::new(format!("hello, {}", request.uri().path())))
/// }
///
/// #[costate::coroutine]
/// fn serve(stream: TcpStream) -> hyper::Result<()> {
///     let mut server = http1::Builder::new();
///     server.timer(CostateTimer::new());
///     // Spawned, so that a browser that goes away cancels the handler, which then may clean up.
///     let handler = service_fn(|request| costate::spawn(greet(request)));
///     server.serve_connection(CostateIo::new(stream), handler).await
/// }
/// # use hyper::rt::Executor as _;
/// # #[costate::coroutine]
/// # fn example() { CostateExecutor::new().execute(std::future::ready(())) }
/// # costate::block_on(example());
/// ```
///
/// # Panics
///
/// `execute` panics if there is no costate runtime on this thread.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct CostateExecutor;

impl CostateExecutor {
    /// An executor of whatever runtime the thread has on which it is used.
    #[must_use]
    pub const fn new() -> Self {
        CostateExecutor
    }
}

impl<F> Executor<F> for CostateExecutor
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    fn execute(&self, future: F) {
        crate::spawn(future).detach();
    }
}

/// Tells hyper the time by the clock of the current runtime, also when that is [paused](crate::time::pause), and sleeps by its timers.
///
/// ```
/// use costate::compat::CostateTimer;
/// use costate::time::Duration;
/// use hyper::rt::Timer;
///
/// #[costate::coroutine]
/// fn example() -> Duration {
///     costate::time::pause();
///     let timer = CostateTimer::new();
///     let begun = timer.now();
///     timer.sleep(Duration::from_secs(3600)).await;
///     timer.now() - begun
/// }
///
/// assert_eq!(costate::block_on(example()), Duration::from_secs(3600));
/// ```
///
/// # Panics
///
/// What it sleeps by panics when it is awaited where there is no costate runtime on the thread.
///
/// # Cancel safety
///
/// Such a sleep may be dropped at any time, which removes its timer.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct CostateTimer;

impl CostateTimer {
    /// A timer of whatever runtime the thread has on which it is used.
    #[must_use]
    pub const fn new() -> Self {
        CostateTimer
    }
}

impl Sleep for time::Sleep {}

impl Timer for CostateTimer {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        Box::pin(time::sleep(duration))
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        Box::pin(time::sleep_until(deadline.into()))
    }

    fn now(&self) -> Instant {
        time::Instant::now().into_std()
    }

    fn reset(&self, sleep: &mut Pin<Box<dyn Sleep>>, new_deadline: Instant) {
        match sleep.as_mut().downcast_mut_pin::<time::Sleep>() {
            Some(sleep) => sleep.get_mut().reset(new_deadline.into()),
            None => *sleep = self.sleep_until(new_deadline),
        }
    }
}

impl<T: AsyncRead> Read for CostateIo<T> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        mut buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        let room = buf.initialize_unfilled();
        let n = ready!(self.pinned().poll_read(cx, room))?;
        assert!(
            n <= room.len(),
            "a stream has read more than it had room for"
        );
        // SAFETY: the room was initialized above, and `n` bytes of it are there.
        unsafe { buf.advance(n) };
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite> Write for CostateIo<T> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.pinned().poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.pinned().poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.pinned().poll_close(cx)
    }

    fn is_write_vectored(&self) -> bool {
        super::writes_vectored::<T>()
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.pinned().poll_write_vectored(cx, bufs)
    }
}
