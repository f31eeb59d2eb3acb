//! A TCP connection.

use super::address::{self, Resolve, ToSocketAddrs};
use super::connect;
use super::methods::{reading, writing};
use super::sealed::Duplex;
use super::{OwnedReadHalf, OwnedWriteHalf, ReadHalf, WriteHalf, transfer};
use crate::Coroutine;
use crate::io::Registered;
use crate::reactor::Ready;
use crate::time::{Instant, timeout_at};
use futures_io::{AsyncRead, AsyncWrite};
use socket2::SockRef;
use std::fmt;
use std::future::Future;
use std::io::{self, IoSlice, IoSliceMut, Read, Write};
use std::net::{Shutdown, SocketAddr};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// How long an address is given when the time for several is short.
const LEAST: Duration = Duration::from_secs(2);

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

    /// As [`connect`](TcpStream::connect), for no longer than `time`. Of several addresses each gets an equal share of what is left,
    /// but two seconds at least, if there are.
    ///
    /// # Errors
    ///
    /// `TimedOut` when the time is up before an address answers, and as for [`connect`](TcpStream::connect).
    ///
    /// # Cancel safety
    ///
    /// As for [`connect`](TcpStream::connect).
    #[costate::coroutine]
    pub fn connect_timeout<A: ToSocketAddrs>(address: A, time: Duration) -> io::Result<TcpStream> {
        let end = Instant::now() + time;
        let mut error = address::none();
        let found = timeout_at(end, Resolve::new(&address)).await?;
        let mut addresses = found?;
        while let Some(address) = addresses.next() {
            let now = Instant::now();
            let left = end.saturating_duration_since(now);
            let others = u32::try_from(addresses.len()).unwrap_or(u32::MAX);
            let share = (left / others.saturating_add(1)).max(LEAST).min(left);
            let connected = timeout_at(now + share, connect::connect(address)).await;
            match connected {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(refused)) => error = refused,
                Err(late) => error = late.into(),
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

    /// How long closing goes on sending: see [`set_linger`](TcpStream::set_linger).
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn linger(&self) -> io::Result<Option<Duration>> {
        SockRef::from(self.inner.get()).linger()
    }

    /// Asks the other end now and then whether it is still there, beginning when nothing was sent for `after`
    /// (`SO_KEEPALIVE`); or, for `None`, doesn't.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn set_keepalive(&self, after: Option<Duration>) -> io::Result<()> {
        super::socket::set_keepalive(&SockRef::from(self.inner.get()), after)
    }

    /// Over how many routers packets may go.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn ttl(&self) -> io::Result<u32> {
        self.inner.get().ttl()
    }

    /// Says over how many routers packets may go.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn set_ttl(&self, ttl: u32) -> io::Result<()> {
        self.inner.get().set_ttl(ttl)
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
}

impl Duplex for TcpStream {
    type Io = std::net::TcpStream;

    fn registered(&self) -> &Registered<Self::Io> {
        &self.inner
    }

    fn receive(mut io: &Self::Io, buf: &mut [u8]) -> io::Result<usize> {
        io.read(buf)
    }

    fn receive_vectored(mut io: &Self::Io, bufs: &mut [IoSliceMut<'_>]) -> io::Result<usize> {
        io.read_vectored(bufs)
    }

    fn look(io: &Self::Io, buf: &mut [u8]) -> io::Result<usize> {
        io.peek(buf)
    }

    fn send(mut io: &Self::Io, buf: &[u8]) -> io::Result<usize> {
        io.write(buf)
    }

    fn send_vectored(mut io: &Self::Io, bufs: &[IoSlice<'_>]) -> io::Result<usize> {
        io.write_vectored(bufs)
    }

    fn end(io: &Self::Io) -> io::Result<()> {
        io.shutdown(Shutdown::Write)
    }
}

reading!(TcpStream);
writing!(TcpStream);

impl fmt::Debug for TcpStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.get().fmt(f)
    }
}
