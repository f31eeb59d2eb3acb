//! The two directions of a stream, borrowed.

use super::methods::{reading, writing};
use super::sealed::Duplex;
use super::{TcpStream, transfer};
use crate::Coroutine;
use futures_io::{AsyncRead, AsyncWrite};
use std::future::Future;
use std::io::{self, IoSlice, IoSliceMut};
use std::pin::Pin;
use std::task::{Context, Poll};

/// The receiving direction of a stream: see [`TcpStream::split`].
#[derive(Debug)]
pub struct ReadHalf<'s, S = TcpStream>(pub(super) &'s S);

/// The sending direction of a stream: see [`TcpStream::split`].
#[derive(Debug)]
pub struct WriteHalf<'s, S = TcpStream>(pub(super) &'s S);

impl<S> ReadHalf<'_, S> {
    fn stream(&self) -> &S {
        self.0
    }
}

impl<S> WriteHalf<'_, S> {
    fn stream(&self) -> &S {
        self.0
    }
}

reading!(ReadHalf<'_, S>, S);
writing!(WriteHalf<'_, S>, S);
