//! Any descriptor that can be waited for.

use super::registered::{After, Registered};
use crate::reactor::{Direction, Ready};
use futures_io::{AsyncRead, AsyncWrite};
use rustix::event::{PollFd, PollFlags, poll};
use std::fmt;
use std::future::Future;
use std::io::{self, IoSlice, IoSliceMut, Read, Write};
use std::os::fd::{AsFd, AsRawFd};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Anything with a descriptor for which the system can be asked to wait: sockets, pipes, terminals, eventfds, and not files.
///
/// ```
/// use costate::io::Async;
/// use std::io::{Read, Write};
/// use std::os::unix::net::UnixStream;
///
/// #[costate::coroutine]
/// fn example() -> std::io::Result<()> {
///     let (mut one, two) = UnixStream::pair()?;
///     let two = Async::new(two)?;
///     one.write_all(b"hello")?;
///     let mut buf = [0; 16];
///     let n = two.read_with(|mut two| two.read(&mut buf)).await?;
///     assert_eq!(&buf[..n], b"hello");
///     Ok(())
/// }
///
/// costate::block_on(example()).unwrap();
/// ```
///
/// As long as it is here, the value must keep the descriptor that it has, and nobody may make the descriptor blocking.
pub struct Async<T: AsFd + AsRawFd> {
    inner: Registered<T>,
}

impl<T: AsFd + AsRawFd> Async<T> {
    /// Makes the descriptor non-blocking, and watches it.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system can't wait for such a descriptor (`PermissionDenied` for files).
    pub fn new(io: T) -> io::Result<Self> {
        rustix::io::ioctl_fionbio(&io, true)?;
        Ok(Async {
            inner: Registered::new(io, Ready::BOTH)?,
        })
    }

    /// The value itself.
    pub fn get_ref(&self) -> &T {
        self.inner.get()
    }

    /// The value itself, watched no more. Its descriptor stays non-blocking.
    pub fn into_inner(self) -> T {
        self.inner.into_inner()
    }

    /// Waits until something can be read, or the end is reached, or there is an error to be had.
    ///
    /// # Errors
    ///
    /// If the descriptor's runtime has ended.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time.
    pub fn readable(&self) -> impl Future<Output = io::Result<()>> {
        self.inner
            .shared(Direction::Read, |io| is_ready(io, PollFlags::IN))
    }

    /// Waits until something can be written, or there is an error to be had.
    ///
    /// # Errors
    ///
    /// If the descriptor's runtime has ended.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time.
    pub fn writable(&self) -> impl Future<Output = io::Result<()>> {
        self.inner
            .shared(Direction::Write, |io| is_ready(io, PollFlags::OUT))
    }

    /// Calls `operation` until it reports something else than `WouldBlock`, each time when something can be read.
    ///
    /// # Errors
    ///
    /// What `operation` reports, and if the descriptor's runtime has ended.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; then `operation` has done nothing, or said that it would block.
    pub fn read_with<R, O>(&self, operation: O) -> impl Future<Output = io::Result<R>>
    where
        O: FnMut(&T) -> io::Result<R> + Unpin,
    {
        self.inner.shared(Direction::Read, operation)
    }

    /// Calls `operation` until it reports something else than `WouldBlock`, each time when something can be written.
    ///
    /// # Errors
    ///
    /// As for [`read_with`](Async::read_with).
    ///
    /// # Cancel safety
    ///
    /// As for [`read_with`](Async::read_with).
    pub fn write_with<R, O>(&self, operation: O) -> impl Future<Output = io::Result<R>>
    where
        O: FnMut(&T) -> io::Result<R> + Unpin,
    {
        self.inner.shared(Direction::Write, operation)
    }
}

/// Asks the system: what was noted of an edge may be out of date.
fn is_ready(io: &impl AsFd, flags: PollFlags) -> io::Result<()> {
    let mut asked = [PollFd::new(io, flags)];
    let at_once = rustix::event::Timespec::default();
    match poll(&mut asked, Some(&at_once))? {
        0 => Err(io::ErrorKind::WouldBlock.into()),
        _ => Ok(()),
    }
}

fn only<T: AsFd + AsRawFd, R>(
    inner: &Registered<T>,
    direction: Direction,
    cx: &Context<'_>,
    mut operation: impl FnMut(&T) -> io::Result<R>,
) -> Poll<io::Result<R>> {
    inner.poll_only(direction, cx, |io| {
        operation(io).map(|value| (value, After::MoreMayCome))
    })
}

impl<T: AsFd + AsRawFd> AsyncRead for Async<T>
where
    for<'a> &'a T: Read,
{
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        only(&self.inner, Direction::Read, cx, |mut io| io.read(buf))
    }

    fn poll_read_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
    ) -> Poll<io::Result<usize>> {
        only(&self.inner, Direction::Read, cx, |mut io| {
            io.read_vectored(bufs)
        })
    }
}

impl<T: AsFd + AsRawFd> AsyncWrite for Async<T>
where
    for<'a> &'a T: Write,
{
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        only(&self.inner, Direction::Write, cx, |mut io| io.write(buf))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        only(&self.inner, Direction::Write, cx, |mut io| {
            io.write_vectored(bufs)
        })
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        only(&self.inner, Direction::Write, cx, |mut io| io.flush())
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        // What else the end of writing means, the value alone knows: for most it is the drop.
        self.poll_flush(cx)
    }
}

impl<T: AsFd + AsRawFd> Unpin for Async<T> {}

impl<T: AsFd + AsRawFd + fmt::Debug> fmt::Debug for Async<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Async").field(self.get_ref()).finish()
    }
}
