//! From one stream to another.

use futures_io::{AsyncRead, AsyncWrite};
use std::fmt;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

const ROOM: usize = 8 * 1024;

/// Reads from `reader` to its end, and writes all to `writer`, which is flushed then. Gives the number of bytes.
///
/// # Errors
///
/// What reading or writing reports.
///
/// # Cancel safety
///
/// Dropped before it is ready, it loses what it has read and not written, 8 KiB at most.
pub fn copy<'a, R, W>(reader: &'a mut R, writer: &'a mut W) -> Copying<'a, R, W>
where
    R: AsyncRead + Unpin + ?Sized,
    W: AsyncWrite + Unpin + ?Sized,
{
    Copying {
        reader,
        writer,
        transfer: Transfer::new(),
    }
}

/// Copies both ways until both have ended; the end of one is passed on to the other, whose writing is closed. Gives the numbers of bytes, from `a` to `b` and
/// from `b` to `a`.
///
/// # Errors
///
/// What reading or writing reports, of either.
///
/// # Cancel safety
///
/// Dropped before it is ready, it loses what it has read and not written, 8 KiB each way at most.
pub fn copy_bidirectional<'a, A, B>(a: &'a mut A, b: &'a mut B) -> CopyBidirectional<'a, A, B>
where
    A: AsyncRead + AsyncWrite + Unpin + ?Sized,
    B: AsyncRead + AsyncWrite + Unpin + ?Sized,
{
    CopyBidirectional {
        a,
        b,
        forth: Transfer::new(),
        back: Transfer::new(),
    }
}

/// What is on its way from one to the other.
struct Transfer {
    buf: Box<[u8]>,
    /// Where in the buffer the bytes are that were read and not written.
    begin: usize,
    end: usize,
    total: u64,
    stage: Stage,
    /// Whether something was written that wasn't flushed.
    unflushed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Copying,
    /// The reader has ended.
    Ending,
    Ended,
}

/// What to do with the writer at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Flush,
    Close,
}

impl Transfer {
    fn new() -> Self {
        Transfer {
            buf: vec![0; ROOM].into_boxed_slice(),
            begin: 0,
            end: 0,
            total: 0,
            stage: Stage::Copying,
            unflushed: false,
        }
    }

    fn poll<R, W>(
        &mut self,
        reader: &mut R,
        writer: &mut W,
        end: End,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<u64>>
    where
        R: AsyncRead + Unpin + ?Sized,
        W: AsyncWrite + Unpin + ?Sized,
    {
        while self.stage == Stage::Copying {
            ready!(self.poll_copy(reader, writer, cx))?;
        }
        if self.stage == Stage::Ending {
            let mut writer = Pin::new(writer);
            ready!(match end {
                End::Flush => writer.as_mut().poll_flush(cx),
                End::Close => writer.as_mut().poll_close(cx),
            })?;
            self.stage = Stage::Ended;
        }
        Poll::Ready(Ok(self.total))
    }

    /// Fills the buffer and empties it, or finds the end.
    fn poll_copy<R, W>(
        &mut self,
        reader: &mut R,
        writer: &mut W,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>>
    where
        R: AsyncRead + Unpin + ?Sized,
        W: AsyncWrite + Unpin + ?Sized,
    {
        let mut writer = Pin::new(writer);
        if self.begin == self.end {
            let read = Pin::new(reader).poll_read(cx, &mut self.buf);
            if read.is_pending() && self.unflushed {
                // The other end may be waiting for what is in a buffer between.
                ready!(writer.as_mut().poll_flush(cx))?;
                self.unflushed = false;
            }
            let n = ready!(read)?;
            if n == 0 {
                self.stage = Stage::Ending;
                return Poll::Ready(Ok(()));
            }
            (self.begin, self.end) = (0, n);
        }
        while self.begin < self.end {
            let rest = &self.buf[self.begin..self.end];
            let n = ready!(writer.as_mut().poll_write(cx, rest))?;
            if n == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.begin += n;
            self.total += n as u64;
            self.unflushed = true;
        }
        Poll::Ready(Ok(()))
    }
}

/// The future of [`copy`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct Copying<'a, R: ?Sized, W: ?Sized> {
    reader: &'a mut R,
    writer: &'a mut W,
    transfer: Transfer,
}

impl<R, W> Future for Copying<'_, R, W>
where
    R: AsyncRead + Unpin + ?Sized,
    W: AsyncWrite + Unpin + ?Sized,
{
    type Output = io::Result<u64>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        this.transfer.poll(this.reader, this.writer, End::Flush, cx)
    }
}

/// The future of [`copy_bidirectional`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct CopyBidirectional<'a, A: ?Sized, B: ?Sized> {
    a: &'a mut A,
    b: &'a mut B,
    forth: Transfer,
    back: Transfer,
}

impl<A, B> Future for CopyBidirectional<'_, A, B>
where
    A: AsyncRead + AsyncWrite + Unpin + ?Sized,
    B: AsyncRead + AsyncWrite + Unpin + ?Sized,
{
    type Output = io::Result<(u64, u64)>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        let forth = this.forth.poll(this.a, this.b, End::Close, cx)?;
        let back = this.back.poll(this.b, this.a, End::Close, cx)?;
        Poll::Ready(Ok((ready!(forth), ready!(back))))
    }
}

impl<R: ?Sized, W: ?Sized> fmt::Debug for Copying<'_, R, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Copying").finish_non_exhaustive()
    }
}

impl<A: ?Sized, B: ?Sized> fmt::Debug for CopyBidirectional<'_, A, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CopyBidirectional").finish_non_exhaustive()
    }
}
