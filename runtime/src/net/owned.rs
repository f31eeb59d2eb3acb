//! The two directions of a stream, each with a share in it.

use super::stream::TcpStream;
use super::transfer::{self, reading, writing};
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

/// The receiving direction of a [`TcpStream`]: see [`TcpStream::into_split`].
#[derive(Debug)]
pub struct OwnedReadHalf(Arc<TcpStream>);

/// The sending direction of a [`TcpStream`]: see [`TcpStream::into_split`]. Dropping it ends that direction.
#[derive(Debug)]
pub struct OwnedWriteHalf {
    stream: Arc<TcpStream>,
    /// Whether the drop leaves the direction open.
    open: bool,
}

pub(super) fn split(stream: TcpStream) -> (OwnedReadHalf, OwnedWriteHalf) {
    let stream = Arc::new(stream);
    (
        OwnedReadHalf(Arc::clone(&stream)),
        OwnedWriteHalf {
            stream,
            open: false,
        },
    )
}

impl OwnedReadHalf {
    fn stream(&self) -> &TcpStream {
        &self.0
    }

    /// Makes the stream whole again.
    ///
    /// # Errors
    ///
    /// Gives both parts back if they aren't of the same stream.
    pub fn reunite(self, write: OwnedWriteHalf) -> Result<TcpStream, ReuniteError> {
        if !Arc::ptr_eq(&self.0, &write.stream) {
            return Err(ReuniteError(self, write));
        }
        write.forget();
        // There are two shares, and the other is gone.
        Ok(Arc::into_inner(self.0).expect("both halves were given"))
    }
}

impl OwnedWriteHalf {
    fn stream(&self) -> &TcpStream {
        &self.stream
    }

    /// Drops this share and leaves the direction open.
    pub fn forget(mut self) {
        self.open = true;
    }
}

impl Drop for OwnedWriteHalf {
    fn drop(&mut self) {
        if !mem::replace(&mut self.open, true) {
            // That the connection is broken is for the reader to find out.
            let _ = self.stream.finish();
        }
    }
}

reading!(OwnedReadHalf);
writing!(OwnedWriteHalf);

/// The two halves aren't of the same stream: see [`OwnedReadHalf::reunite`].
#[derive(Debug)]
pub struct ReuniteError(pub OwnedReadHalf, pub OwnedWriteHalf);

impl fmt::Display for ReuniteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the two halves are not of the same stream")
    }
}

impl Error for ReuniteError {}
