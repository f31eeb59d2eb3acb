//! Reading and writing, for streams and their halves alike.
//!
//! Input: a stream whose direction the caller has to itself. Output: the methods of all that reads or writes, as macros: single steps are
//! leaves, what takes several is a coroutine.

use super::sealed::Duplex;
use crate::io::{After, Registered};
use crate::reactor::{Direction, Pollable};
use std::future::{Future, poll_fn};
use std::io::{self, IoSlice, IoSliceMut};
use std::task::{Context, Poll};

/// What each user of a direction calls. None but one may use a direction at a time, or the other's
/// wake is lost; the public methods see to that by `&mut`.
pub(super) fn poll_read<S: Duplex>(
    stream: &S,
    cx: &Context<'_>,
    buf: &mut [u8],
) -> Poll<io::Result<usize>> {
    stream.registered().poll_only(Direction::Read, cx, |io| {
        let n = S::receive(io, buf)?;
        Ok((n, After::transfer(n, buf.len())))
    })
}

/// As [`poll_read`]. The system takes no more than a certain number of buffers, so a short read needn't mean that nothing is left.
pub(super) fn poll_read_vectored<S: Duplex>(
    stream: &S,
    cx: &Context<'_>,
    bufs: &mut [IoSliceMut<'_>],
) -> Poll<io::Result<usize>> {
    only(stream.registered(), Direction::Read, cx, |io| {
        S::receive_vectored(io, bufs)
    })
}

/// As [`poll_read`], for writing.
pub(super) fn poll_write<S: Duplex>(
    stream: &S,
    cx: &Context<'_>,
    buf: &[u8],
) -> Poll<io::Result<usize>> {
    stream.registered().poll_only(Direction::Write, cx, |io| {
        let n = S::send(io, buf)?;
        Ok((n, After::transfer(n, buf.len())))
    })
}

/// As [`poll_read_vectored`], for writing.
pub(super) fn poll_write_vectored<S: Duplex>(
    stream: &S,
    cx: &Context<'_>,
    bufs: &[IoSlice<'_>],
) -> Poll<io::Result<usize>> {
    only(stream.registered(), Direction::Write, cx, |io| {
        S::send_vectored(io, bufs)
    })
}

fn only<T: Pollable, R>(
    registered: &Registered<T>,
    direction: Direction,
    cx: &Context<'_>,
    mut operation: impl FnMut(&T) -> io::Result<R>,
) -> Poll<io::Result<R>> {
    registered.poll_only(direction, cx, |io| {
        operation(io).map(|value| (value, After::MoreMayCome))
    })
}

pub(super) fn read<'a, S: Duplex>(
    stream: &'a S,
    buf: &'a mut [u8],
) -> impl Future<Output = io::Result<usize>> + Send + use<'a, S> {
    poll_fn(move |cx| poll_read(stream, cx, buf))
}

pub(super) fn read_vectored<'a, 'b, S: Duplex>(
    stream: &'a S,
    bufs: &'a mut [IoSliceMut<'b>],
) -> impl Future<Output = io::Result<usize>> + Send + use<'a, 'b, S> {
    poll_fn(move |cx| poll_read_vectored(stream, cx, bufs))
}

pub(super) fn peek<'a, S: Duplex>(
    stream: &'a S,
    buf: &'a mut [u8],
) -> impl Future<Output = io::Result<usize>> + Send + use<'a, S> {
    poll_fn(move |cx| {
        only(stream.registered(), Direction::Read, cx, |io| {
            S::look(io, buf)
        })
    })
}

pub(super) fn write<'a, S: Duplex>(
    stream: &'a S,
    buf: &'a [u8],
) -> impl Future<Output = io::Result<usize>> + Send + use<'a, S> {
    poll_fn(move |cx| poll_write(stream, cx, buf))
}

pub(super) fn write_vectored<'a, 'b, S: Duplex>(
    stream: &'a S,
    bufs: &'a [IoSlice<'b>],
) -> impl Future<Output = io::Result<usize>> + Send + use<'a, 'b, S> {
    poll_fn(move |cx| poll_write_vectored(stream, cx, bufs))
}

#[costate::coroutine]
pub(super) fn read_exact<S: Duplex>(stream: &S, buf: &mut [u8]) -> io::Result<()> {
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
pub(super) fn write_all<S: Duplex>(stream: &S, buf: &[u8]) -> io::Result<()> {
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

/// Ends the sending direction. That the other end has closed both is no error.
pub(super) fn finish<S: Duplex>(stream: &S) -> io::Result<()> {
    match S::end(stream.registered().get()) {
        Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(()),
        finished => finished,
    }
}
