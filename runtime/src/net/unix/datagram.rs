//! Datagrams between processes of one host. None is lost; who sends too much waits.

use crate::io::Registered;
use crate::reactor::{Direction, Ready};
use std::fmt;
use std::future::Future;
use std::io;
use std::net::Shutdown;
use std::os::unix::net::{self, SocketAddr};
use std::path::Path;

/// A Unix datagram socket. Several tasks may send and receive by it at once.
///
/// ```
/// use costate::net::UnixDatagram;
///
/// #[costate::coroutine]
/// fn example() -> std::io::Result<()> {
///     let (one, two) = UnixDatagram::pair()?;
///     one.send(b"hello").await?;
///     let mut buf = [0; 16];
///     let n = two.recv(&mut buf).await?;
///     assert_eq!(&buf[..n], b"hello");
///     Ok(())
/// }
///
/// costate::block_on(example()).unwrap();
/// ```
pub struct UnixDatagram {
    inner: Registered<net::UnixDatagram>,
}

impl UnixDatagram {
    /// A socket at `path`, which is made by this, and stays when the socket is dropped.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system refuses: `AddrInUse` if there is something at `path`.
    pub fn bind<P: AsRef<Path>>(path: P) -> io::Result<Self> {
        UnixDatagram::from_std(net::UnixDatagram::bind(path)?)
    }

    /// A socket without an address: it can send, and receive when it is connected.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the process has no descriptors left.
    pub fn unbound() -> io::Result<Self> {
        UnixDatagram::from_std(net::UnixDatagram::unbound()?)
    }

    /// Two sockets that are connected to each other.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the process has no descriptors left.
    pub fn pair() -> io::Result<(Self, Self)> {
        let (one, two) = net::UnixDatagram::pair()?;
        Ok((UnixDatagram::from_std(one)?, UnixDatagram::from_std(two)?))
    }

    /// Takes over a socket of the standard library.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system refuses.
    pub fn from_std(socket: net::UnixDatagram) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        Ok(UnixDatagram {
            inner: Registered::new(socket, Ready::BOTH)?,
        })
    }

    /// Sets where [`send`](UnixDatagram::send) sends to, and that only what comes from there is received.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn connect<P: AsRef<Path>>(&self, path: P) -> io::Result<()> {
        self.inner.get().connect(path)
    }

    /// Sends a datagram to where it is connected. Gives the number of bytes.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; if it wasn't ready, nothing was sent.
    pub fn send(&self, buf: &[u8]) -> impl Future<Output = io::Result<usize>> + Send {
        self.inner
            .shared(Direction::Write, move |socket| socket.send(buf))
    }

    /// Sends a datagram to the socket at `path`. Gives the number of bytes.
    ///
    /// # Errors
    ///
    /// Whatever the system reports. While the other's queue is full, it waits until *some* room is reported, as far as the system
    /// reports it for a socket that isn't connected.
    ///
    /// # Cancel safety
    ///
    /// As for [`send`](UnixDatagram::send).
    pub fn send_to<'a, P: AsRef<Path> + Send + Unpin + 'a>(
        &'a self,
        buf: &'a [u8],
        path: P,
    ) -> impl Future<Output = io::Result<usize>> + Send + use<'a, P> {
        self.inner
            .shared(Direction::Write, move |socket: &net::UnixDatagram| {
                socket.send_to(buf, path.as_ref())
            })
    }

    /// Receives a datagram. Gives the number of bytes; what doesn't fit is lost.
    ///
    /// # Errors
    ///
    /// Whatever the system reports, and if the socket's runtime has ended.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; no datagram is lost.
    pub fn recv(&self, buf: &mut [u8]) -> impl Future<Output = io::Result<usize>> + Send {
        self.inner
            .shared(Direction::Read, move |socket| socket.recv(buf))
    }

    /// As [`recv`](UnixDatagram::recv), and says where it comes from.
    ///
    /// # Errors
    ///
    /// As for [`recv`](UnixDatagram::recv).
    ///
    /// # Cancel safety
    ///
    /// As for [`recv`](UnixDatagram::recv).
    pub fn recv_from(
        &self,
        buf: &mut [u8],
    ) -> impl Future<Output = io::Result<(usize, SocketAddr)>> + Send {
        self.inner
            .shared(Direction::Read, move |socket| socket.recv_from(buf))
    }

    /// Ends one direction or both, at once.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.inner.get().shutdown(how)
    }

    /// Its own address.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.get().local_addr()
    }

    /// Where it is connected.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.inner.get().peer_addr()
    }
}

impl fmt::Debug for UnixDatagram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.get().fmt(f)
    }
}
