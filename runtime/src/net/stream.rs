//! A TCP connection.

use super::address::{self, Resolve, ToSocketAddrs};
use super::connect;
use super::transfer::{self, reading, writing};
use super::{OwnedReadHalf, OwnedWriteHalf, ReadHalf, WriteHalf};
use crate::Coroutine;
use crate::io::{After, Registered};
use crate::reactor::{Direction, Ready};
use futures_io::{AsyncRead, AsyncWrite};
use socket2::SockRef;
use std::fmt;
use std::future::Future;
use std::io::{self, IoSlice, IoSliceMut, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// A TCP connection. Dropping it closes it.
///
/// Reading and writing need `&mut`, so that each direction has one user; to do both at once
/// [`split`](TcpStream::split) it. It also implements the traits of `futures_io`, for which closing means to
/// end the sending direction.
///
/// ```no_run
/// use costate::net::TcpStream;
///
/// #[costate::coroutine]
/// fn status() -> std::io::Result<String> {
///     let mut stream = TcpStream::connect("example.org:80").await?;
///     stream.write_all(b"HEAD / HTTP/1.0\r\n\r\n").await?;
///     let mut answer = [0; 12];
///     stream.read_exact(&mut answer).await?;
///     Ok(String::from_utf8_lossy(&answer).into_owned())
/// }
///
/// println!("{}", costate::block_on(status()).unwrap());
/// ```
pub struct TcpStream {
    pub(super) inner: Registered<std::net::TcpStream>,
}

impl From<Registered<std::net::TcpStream>> for TcpStream {
    fn from(inner: Registered<std::net::TcpStream>) -> Self {
        TcpStream { inner }
    }
}

impl TcpStream {
    /// Connects to `address`; of several, to the first that answers.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, the name is unknown, or no address answers: what the last
    /// one reported.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time, which gives up the attempt.
    #[costate::coroutine]
    pub fn connect<A: ToSocketAddrs>(address: A) -> io::Result<TcpStream> {
        let mut error = address::none();
        let addresses = Resolve::new(&address).await?;
        for address in addresses {
            match connect::connect(address).await {
                Ok(stream) => return Ok(stream),
                Err(refused) => error = refused,
            }
        }
        Err(error)
    }

    /// Takes over a connection of the standard library.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system refuses.
    pub fn from_std(stream: std::net::TcpStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(TcpStream {
            inner: Registered::new(stream, Ready::BOTH)?,
        })
    }

    /// Lends the two directions, to be used at the same time.
    ///
    /// ```
    /// use costate::net::TcpStream;
    ///
    /// #[costate::coroutine]
    /// fn echo(mut stream: TcpStream) -> std::io::Result<()> {
    ///     let (mut from, mut to) = stream.split();
    ///     let mut buf = [0; 1024];
    ///     loop {
    ///         let n = from.read(&mut buf).await?;
    ///         if n == 0 {
    ///             return Ok(());
    ///         }
    ///         to.write_all(&buf[..n]).await?;
    ///     }
    /// }
    /// ```
    pub fn split(&mut self) -> (ReadHalf<'_>, WriteHalf<'_>) {
        (ReadHalf(self), WriteHalf(self))
    }

    /// Splits it in two parts that may go to different tasks. It is closed when both are dropped; dropping
    /// the writing part alone ends the sending direction.
    #[must_use]
    pub fn into_split(self) -> (OwnedReadHalf, OwnedWriteHalf) {
        super::owned::split(self)
    }

    /// Ends one direction or both, at once. What was written before is still sent.
    ///
    /// # Errors
    ///
    /// Whatever the system reports, for instance that it isn't connected any more.
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.inner.get().shutdown(how)
    }

    /// This end's address.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.get().local_addr()
    }

    /// The other end's address.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.inner.get().peer_addr()
    }

    /// Whether small pieces are sent without waiting for more (`TCP_NODELAY`).
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn nodelay(&self) -> io::Result<bool> {
        self.inner.get().nodelay()
    }

    /// Says whether small pieces are sent without waiting for more.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn set_nodelay(&self, nodelay: bool) -> io::Result<()> {
        self.inner.get().set_nodelay(nodelay)
    }

    /// Says how long closing goes on sending (`SO_LINGER`). Zero resets the connection.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn set_linger(&self, linger: Option<Duration>) -> io::Result<()> {
        SockRef::from(self.inner.get()).set_linger(linger)
    }

    /// Takes the error that the system keeps for the socket.
    ///
    /// # Errors
    ///
    /// Whatever the system reports about the question itself.
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {
        self.inner.get().take_error()
    }

    fn stream(&self) -> &Self {
        self
    }

    /// Ends the sending direction. That the other end has closed both is no error.
    pub(super) fn finish(&self) -> io::Result<()> {
        match self.shutdown(Shutdown::Write) {
            Err(error) if error.kind() == io::ErrorKind::NotConnected => Ok(()),
            finished => finished,
        }
    }
}

/// What each user of a direction calls. None but one may use a direction at a time, or the other's
/// wake is lost; the public methods see to that by `&mut`.
impl TcpStream {
    pub(super) fn poll_read_from(
        &self,
        cx: &mut Context<'_>,
        buf: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        self.inner.poll_only(Direction::Read, cx, |mut stream| {
            let n = stream.read(buf)?;
            Ok((n, After::transfer(n, buf.len())))
        })
    }

    pub(super) fn poll_read_vectored_from(
        &self,
        cx: &mut Context<'_>,
        bufs: &mut [IoSliceMut<'_>],
    ) -> Poll<io::Result<usize>> {
        self.inner.poll_only(Direction::Read, cx, |mut stream| {
            // The system takes no more than a certain number of buffers, so a short read needn't mean
            // that nothing is left.
            Ok((stream.read_vectored(bufs)?, After::MoreMayCome))
        })
    }

    pub(super) fn poll_peek_at(
        &self,
        cx: &mut Context<'_>,
        buf: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        self.inner.poll_only(Direction::Read, cx, |stream| {
            Ok((stream.peek(buf)?, After::MoreMayCome))
        })
    }

    pub(super) fn poll_write_to(
        &self,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.inner.poll_only(Direction::Write, cx, |mut stream| {
            let n = stream.write(buf)?;
            Ok((n, After::transfer(n, buf.len())))
        })
    }

    pub(super) fn poll_write_vectored_to(
        &self,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        // As for reading: a short write needn't mean that the socket is full.
        self.inner.poll_only(Direction::Write, cx, |mut stream| {
            Ok((stream.write_vectored(bufs)?, After::MoreMayCome))
        })
    }
}

reading!(TcpStream);
writing!(TcpStream);

impl fmt::Debug for TcpStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.get().fmt(f)
    }
}
