//! The two directions of a stream, borrowed.

use super::stream::TcpStream;
use super::transfer::{self, reading, writing};
use crate::Coroutine;
use futures_io::{AsyncRead, AsyncWrite};
use std::future::Future;
use std::io::{self, IoSlice, IoSliceMut};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The receiving direction of a [`TcpStream`]: see [`TcpStream::split`].
#[derive(Debug)]
pub struct ReadHalf<'s>(pub(super) &'s TcpStream);

/// The sending direction of a [`TcpStream`]: see [`TcpStream::split`].
#[derive(Debug)]
pub struct WriteHalf<'s>(pub(super) &'s TcpStream);

impl ReadHalf<'_> {
    fn stream(&self) -> &TcpStream {
        self.0
    }
}

impl WriteHalf<'_> {
    fn stream(&self) -> &TcpStream {
        self.0
    }
}

reading!(ReadHalf<'_>);
writing!(WriteHalf<'_>);
