//! The two directions of a stream, each with a share in it.

use super::methods::{reading, writing};
use super::sealed::Duplex;
use super::{TcpStream, transfer};
use crate::Coroutine;
use futures_io::{AsyncRead, AsyncWrite};
use std::error::Error;
use std::fmt;
use std::future::Future;
use std::io::{self, IoSlice, IoSliceMut};
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The receiving direction of a stream: see [`TcpStream::into_split`].
#[derive(Debug)]
pub struct OwnedReadHalf<S: Duplex = TcpStream>(Arc<S>);

/// The sending direction of a stream: see [`TcpStream::into_split`]. Dropping it ends that direction.
#[derive(Debug)]
pub struct OwnedWriteHalf<S: Duplex = TcpStream> {
    stream: Arc<S>,
    /// Whether the drop leaves the direction open.
    open: bool,
}

pub(super) fn split<S: Duplex>(stream: S) -> (OwnedReadHalf<S>, OwnedWriteHalf<S>) {
    let stream = Arc::new(stream);
    (
        OwnedReadHalf(Arc::clone(&stream)),
        OwnedWriteHalf {
            stream,
            open: false,
        },
    )
}

impl<S: Duplex> OwnedReadHalf<S> {
    fn stream(&self) -> &S {
        &self.0
    }

    /// Makes the stream whole again.
    ///
    /// # Errors
    ///
    /// Gives both parts back if they aren't of the same stream.
    pub fn reunite(self, write: OwnedWriteHalf<S>) -> Result<S, ReuniteError<S>> {
        if !Arc::ptr_eq(&self.0, &write.stream) {
            return Err(ReuniteError(self, write));
        }
        write.forget();
        // There are two shares, and the other is gone.
        let stream = Arc::into_inner(self.0);
        Ok(stream.unwrap_or_else(|| unreachable!("both halves were given")))
    }
}

impl<S: Duplex> OwnedWriteHalf<S> {
    fn stream(&self) -> &S {
        &self.stream
    }

    /// Drops this share and leaves the direction open.
    pub fn forget(mut self) {
        self.open = true;
    }
}

impl<S: Duplex> Drop for OwnedWriteHalf<S> {
    fn drop(&mut self) {
        if !mem::replace(&mut self.open, true) {
            // That the connection is broken is for the reader to find out.
            let _ = transfer::finish(&*self.stream);
        }
    }
}

reading!(OwnedReadHalf<S>, S);
writing!(OwnedWriteHalf<S>, S);

/// The two halves aren't of the same stream: see [`OwnedReadHalf::reunite`].
#[derive(Debug)]
pub struct ReuniteError<S: Duplex = TcpStream>(pub OwnedReadHalf<S>, pub OwnedWriteHalf<S>);

impl<S: Duplex> fmt::Display for ReuniteError<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the two halves are not of the same stream")
    }
}

impl<S: Duplex + fmt::Debug> Error for ReuniteError<S> {}
