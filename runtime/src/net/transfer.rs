//! Reading and writing, for streams and their halves alike.
//!
//! Input: a stream whose direction the caller has to itself. Output: the methods of all that reads or writes, as macros: single steps are
//! leaves, what takes several is a coroutine.

use super::stream::TcpStream;
use std::future::{Future, poll_fn};
use std::io::{self, IoSlice, IoSliceMut};

pub(super) fn read<'a>(
    stream: &'a TcpStream,
    buf: &'a mut [u8],
) -> impl Future<Output = io::Result<usize>> + Send + use<'a> {
    poll_fn(move |cx| stream.poll_read_from(cx, buf))
}

pub(super) fn read_vectored<'a, 'b>(
    stream: &'a TcpStream,
    bufs: &'a mut [IoSliceMut<'b>],
) -> impl Future<Output = io::Result<usize>> + Send + use<'a, 'b> {
    poll_fn(move |cx| stream.poll_read_vectored_from(cx, bufs))
}

pub(super) fn peek<'a>(
    stream: &'a TcpStream,
    buf: &'a mut [u8],
) -> impl Future<Output = io::Result<usize>> + Send + use<'a> {
    poll_fn(move |cx| stream.poll_peek_at(cx, buf))
}

pub(super) fn write<'a>(
    stream: &'a TcpStream,
    buf: &'a [u8],
) -> impl Future<Output = io::Result<usize>> + Send + use<'a> {
    poll_fn(move |cx| stream.poll_write_to(cx, buf))
}

pub(super) fn write_vectored<'a, 'b>(
    stream: &'a TcpStream,
    bufs: &'a [IoSlice<'b>],
) -> impl Future<Output = io::Result<usize>> + Send + use<'a, 'b> {
    poll_fn(move |cx| stream.poll_write_vectored_to(cx, bufs))
}

#[costate::coroutine]
pub(super) fn read_exact(stream: &TcpStream, buf: &mut [u8]) -> io::Result<()> {
    let mut filled = 0;
    while filled < buf.len() {
        let n = read(stream, &mut buf[filled..]).await?;
        if n == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        filled += n;
    }
    Ok(())
}

#[costate::coroutine]
pub(super) fn write_all(stream: &TcpStream, buf: &[u8]) -> io::Result<()> {
    let mut rest = buf;
    while !rest.is_empty() {
        let n = write(stream, rest).await?;
        if n == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        rest = &rest[n..];
    }
    Ok(())
}

/// The methods of whatever reads: `$this` has a method `stream` that gives the stream.
macro_rules! reading {
    ($this:ty) => {
        impl $this {
            /// Reads what is there into `buf`, or waits until something is. Gives the number of bytes, zero at the
            /// end of the stream.
            ///
            /// # Errors
            ///
            /// Whatever the system reports, and if the socket's runtime has ended.
            ///
            /// # Cancel safety
            ///
            /// It may be dropped at any time; no byte is lost.
            pub fn read<'a>(
                &'a mut self,
                buf: &'a mut [u8],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a> {
                transfer::read(self.stream(), buf)
            }

            /// As [`read`](Self::read), into several buffers, one after the other.
            ///
            /// # Errors
            ///
            /// As for [`read`](Self::read).
            ///
            /// # Cancel safety
            ///
            /// As for [`read`](Self::read).
            pub fn read_vectored<'a, 'b>(
                &'a mut self,
                bufs: &'a mut [IoSliceMut<'b>],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a, 'b> {
                transfer::read_vectored(self.stream(), bufs)
            }

            /// Reads until `buf` is full.
            ///
            /// # Errors
            ///
            /// `UnexpectedEof` if the stream ends before, and as for [`read`](Self::read). How much was read is not said then.
            ///
            /// # Cancel safety
            ///
            /// Dropped before it is ready, it loses the bytes that it has read.
            pub fn read_exact<'a>(
                &'a mut self,
                buf: &'a mut [u8],
            ) -> impl Coroutine<Output = io::Result<()>> + Send + use<'a> {
                transfer::read_exact(self.stream(), buf)
            }

            /// As [`read`](Self::read), but the bytes stay to be read.
            ///
            /// # Errors
            ///
            /// As for [`read`](Self::read).
            ///
            /// # Cancel safety
            ///
            /// It may be dropped at any time.
            pub fn peek<'a>(
                &'a mut self,
                buf: &'a mut [u8],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a> {
                transfer::peek(self.stream(), buf)
            }
        }

        impl AsyncRead for $this {
            fn poll_read(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                buf: &mut [u8],
            ) -> Poll<io::Result<usize>> {
                self.stream().poll_read_from(cx, buf)
            }

            fn poll_read_vectored(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                bufs: &mut [IoSliceMut<'_>],
            ) -> Poll<io::Result<usize>> {
                self.stream().poll_read_vectored_from(cx, bufs)
            }
        }
    };
}

/// The methods of whatever writes: `$this` has a method `stream` that gives the stream.
macro_rules! writing {
    ($this:ty) => {
        impl $this {
            /// Writes the beginning of `buf`, or waits until there is room for some. Gives the number of bytes.
            ///
            /// # Errors
            ///
            /// Whatever the system reports, and if the socket's runtime has ended.
            ///
            /// # Cancel safety
            ///
            /// It may be dropped at any time; if it wasn't ready, nothing was written.
            pub fn write<'a>(
                &'a mut self,
                buf: &'a [u8],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a> {
                transfer::write(self.stream(), buf)
            }

            /// As [`write`](Self::write), from several buffers, one after the other.
            ///
            /// # Errors
            ///
            /// As for [`write`](Self::write).
            ///
            /// # Cancel safety
            ///
            /// As for [`write`](Self::write).
            pub fn write_vectored<'a, 'b>(
                &'a mut self,
                bufs: &'a [IoSlice<'b>],
            ) -> impl Future<Output = io::Result<usize>> + Send + use<'a, 'b> {
                transfer::write_vectored(self.stream(), bufs)
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
                transfer::write_all(self.stream(), buf)
            }
        }

        impl AsyncWrite for $this {
            fn poll_write(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                buf: &[u8],
            ) -> Poll<io::Result<usize>> {
                self.stream().poll_write_to(cx, buf)
            }

            fn poll_write_vectored(
                self: Pin<&mut Self>,
                cx: &mut Context<'_>,
                bufs: &[IoSlice<'_>],
            ) -> Poll<io::Result<usize>> {
                self.stream().poll_write_vectored_to(cx, bufs)
            }

            fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                // The system has what was written.
                Poll::Ready(Ok(()))
            }

            fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
                Poll::Ready(self.stream().finish())
            }
        }
    };
}

pub(super) use {reading, writing};
