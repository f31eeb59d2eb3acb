//! The ends of a child's pipes that are ours.

use crate::Coroutine;
use crate::io::Async;
use futures_io::{AsyncRead, AsyncWrite};
use std::fmt;
use std::future::{Future, poll_fn};
use std::io::{self, IoSlice, IoSliceMut, PipeReader, PipeWriter};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd, RawFd};
use std::pin::Pin;
use std::process::{self, Stdio};
use std::task::{Context, Poll, ready};

/// How much is asked for at once: as much again as there is, within these.
const LEAST: usize = 4 * 1024;
const MOST: usize = 64 * 1024;

/// What a child reads. Dropping it is the end of that.
pub struct ChildStdin {
    /// `None`: it was closed.
    pipe: Option<Async<PipeWriter>>,
}

impl ChildStdin {
    /// Takes over a pipe of the standard library's child.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system refuses.
    pub fn from_std(stdin: process::ChildStdin) -> io::Result<Self> {
        let pipe = Async::new(PipeWriter::from(OwnedFd::from(stdin)))?;
        Ok(ChildStdin { pipe: Some(pipe) })
    }

    /// Writes the beginning of `buf`, or waits until there is room for some. Gives the number of bytes.
    ///
    /// # Errors
    ///
    /// `BrokenPipe` if the child reads no more, and if the pipe's runtime has ended.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; if it wasn't ready, nothing was written.
    pub fn write<'a>(
        &'a mut self,
        buf: &'a [u8],
    ) -> impl Future<Output = io::Result<usize>> + Send + use<'a> {
        poll_fn(move |cx| Pin::new(&mut *self).poll_write(cx, buf))
    }

    /// Writes all of `buf`.
    ///
    /// # Errors
    ///
    /// As for [`write`](Self::write). How much was written is not said then.
    ///
    /// # Cancel safety
    ///
    /// Dropped before it is ready, it may have written some of the bytes.
    pub fn write_all<'a>(
        &'a mut self,
        buf: &'a [u8],
    ) -> impl Coroutine<Output = io::Result<()>> + Send + use<'a> {
        write_all(self, buf)
    }

    fn pipe(&mut self) -> io::Result<Pin<&mut Async<PipeWriter>>> {
        let closed = || io::Error::new(io::ErrorKind::BrokenPipe, "it was closed");
        self.pipe.as_mut().map(Pin::new).ok_or_else(closed)
    }
}

#[costate::coroutine]
fn write_all(stdin: &mut ChildStdin, buf: &[u8]) -> io::Result<()> {
    let mut rest = buf;
    while !rest.is_empty() {
        let n = stdin.write(rest).await?;
        if n == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        rest = &rest[n..];
    }
    Ok(())
}

impl AsyncWrite for ChildStdin {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.pipe()?.poll_write(cx, buf)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.pipe()?.poll_write_vectored(cx, bufs)
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // The system has what was written.
        Poll::Ready(Ok(()))
    }

    fn poll_close(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.pipe = None;
        Poll::Ready(Ok(()))
    }
}

/// The end of a pipe that was closed has no descriptor any more.
impl TryFrom<ChildStdin> for Stdio {
    type Error = io::Error;

    /// For another child to write to. Nobody else may be waiting for it.
    fn try_from(stdin: ChildStdin) -> io::Result<Stdio> {
        let pipe = stdin.pipe.map(Async::into_inner);
        let pipe = pipe.ok_or_else(|| io::Error::from(io::ErrorKind::BrokenPipe))?;
        rustix::io::ioctl_fionbio(&pipe, false)?;
        Ok(Stdio::from(pipe))
    }
}

impl fmt::Debug for ChildStdin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChildStdin").finish_non_exhaustive()
    }
}

/// Reads what there is to the end of `buf`.
fn poll_some(
    mut pipe: Pin<&mut Async<PipeReader>>,
    cx: &mut Context<'_>,
    buf: &mut Vec<u8>,
) -> Poll<io::Result<usize>> {
    let filled = buf.len();
    buf.resize(filled + filled.clamp(LEAST, MOST), 0);
    let read = pipe.as_mut().poll_read(cx, &mut buf[filled..]);
    let n = match read {
        Poll::Ready(Ok(n)) => n,
        Poll::Pending | Poll::Ready(Err(_)) => 0,
    };
    buf.truncate(filled + n);
    read
}

fn poll_to_end(
    mut pipe: Pin<&mut Async<PipeReader>>,
    cx: &mut Context<'_>,
    buf: &mut Vec<u8>,
) -> Poll<io::Result<()>> {
    while ready!(poll_some(pipe.as_mut(), cx, buf))? > 0 {}
    Poll::Ready(Ok(()))
}

fn not_text() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8")
}

macro_rules! output {
    ($(#[$docs:meta])* $name:ident, $std:ty) => {
        $(#[$docs])*
        pub struct $name {
            pipe: Async<PipeReader>,
        }

        impl $name {
            /// Takes over a pipe of the standard library's child.
            ///
            /// # Errors
            ///
            /// If there is no costate runtime on this thread, or the system refuses.
            pub fn from_std(pipe: $std) -> io::Result<Self> {
                Ok($name {
                    pipe: Async::new(PipeReader::from(OwnedFd::from(pipe)))?,
                })
            }

            /// Reads what is there into `buf`, or waits until something is. Gives the number of bytes, zero at the end: when nobody
            /// has the other end any more, neither the child nor what it has started.
            ///
            /// # Errors
            ///
            /// Whatever the system reports, and if the pipe's runtime has ended.
            ///
            /// # Cancel safety
            ///
            /// It may be dropped at any time; no byte is lost.
            pub fn read<'a>(
                &'a mut self,
                buf: &'a mut [u8],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a> {
                poll_fn(move |cx| Pin::new(&mut self.pipe).poll_read(cx, buf))
            }

            /// Reads all that comes, to the end of `buf`. Gives the number of bytes.
            ///
            /// # Errors
            ///
            /// As for [`read`](Self::read).
            ///
            /// # Cancel safety
            ///
            /// It may be dropped at any time; what was read is in `buf`.
            pub fn read_to_end<'a>(
                &'a mut self,
                buf: &'a mut Vec<u8>,
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a> {
                let before = buf.len();
                poll_fn(move |cx| {
                    let ended = self.poll_to_end(cx, buf);
                    ended.map_ok(|()| buf.len() - before)
                })
            }

            /// Reads all that comes, to the end of `text`. Gives the number of bytes.
            ///
            /// # Errors
            ///
            /// As for [`read`](Self::read), and `InvalidData` if it is not UTF-8.
            ///
            /// # Cancel safety
            ///
            /// Dropped before it is ready, it loses what it has read; so it does where it gives an error.
            pub fn read_to_string<'a>(
                &'a mut self,
                text: &'a mut String,
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a> {
                let mut bytes = Vec::new();
                poll_fn(move |cx| {
                    ready!(self.poll_to_end(cx, &mut bytes))?;
                    let new = str::from_utf8(&bytes).map_err(|_| not_text())?;
                    text.push_str(new);
                    Poll::Ready(Ok(new.len()))
                })
            }

            pub(super) fn poll_to_end(
                &mut self,
                cx: &mut Context<'_>,
                buf: &mut Vec<u8>,
            ) -> Poll<io::Result<()>> {
                poll_to_end(Pin::new(&mut self.pipe), cx, buf)
            }
        }

        impl AsyncRead for $name {
            fn poll_read(
                mut self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                buf: &mut [u8],
            ) -> Poll<io::Result<usize>> {
                Pin::new(&mut self.pipe).poll_read(cx, buf)
            }

            fn poll_read_vectored(
                mut self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                bufs: &mut [IoSliceMut<'_>],
            ) -> Poll<io::Result<usize>> {
                Pin::new(&mut self.pipe).poll_read_vectored(cx, bufs)
            }
        }

        impl TryFrom<$name> for Stdio {
            type Error = io::Error;

            /// For another child to read from.
            fn try_from(output: $name) -> io::Result<Stdio> {
                let pipe = output.pipe.into_inner();
                rustix::io::ioctl_fionbio(&pipe, false)?;
                Ok(Stdio::from(pipe))
            }
        }

        impl AsFd for $name {
            fn as_fd(&self) -> BorrowedFd<'_> {
                self.pipe.get_ref().as_fd()
            }
        }

        impl AsRawFd for $name {
            fn as_raw_fd(&self) -> RawFd {
                self.pipe.get_ref().as_raw_fd()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}

output! {
    /// What a child writes to its standard output.
    ChildStdout, process::ChildStdout
}

output! {
    /// What a child writes to its standard error.
    ChildStderr, process::ChildStderr
}
