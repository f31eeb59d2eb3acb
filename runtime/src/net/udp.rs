//! UDP.

use super::address::{self, Resolve, ToSocketAddrs};
use crate::io::Registered;
use crate::reactor::{Direction, Ready};
use std::fmt;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};

/// A UDP socket. Several tasks may send and receive by it at once.
///
/// ```
/// use costate::net::UdpSocket;
///
/// #[costate::coroutine]
/// fn example() -> std::io::Result<()> {
///     let (one, two) = (UdpSocket::bind("127.0.0.1:0"), UdpSocket::bind("127.0.0.1:0"));
///     let one = one.await?;
///     let two = two.await?;
///     one.send_to(b"hello", two.local_addr()?).await?;
///     let mut buf = [0; 16];
///     let (n, from) = two.recv_from(&mut buf).await?;
///     assert_eq!((&buf[..n], from), (&b"hello"[..], one.local_addr()?));
///     Ok(())
/// }
///
/// costate::block_on(example()).unwrap();
/// ```
pub struct UdpSocket {
    inner: Registered<std::net::UdpSocket>,
}

macro_rules! option {
    ($(#[$docs:meta])* $get:ident $set:ident: $ty:ty) => {
        $(#[$docs])*
        ///
        /// # Errors
        ///
        /// Whatever the system reports.
        pub fn $get(&self) -> io::Result<$ty> {
            self.inner.get().$get()
        }

        #[doc = concat!("Sets what [`", stringify!($get), "`](UdpSocket::", stringify!($get), ") gives.")]
        ///
        /// # Errors
        ///
        /// Whatever the system reports.
        pub fn $set(&self, value: $ty) -> io::Result<()> {
            self.inner.get().$set(value)
        }
    };
}

impl UdpSocket {
    /// A socket at `address`; of several, at the first that works. Port 0 stands for any port that is free.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, the name is unknown, or the system refuses each address.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time.
    #[costate::coroutine]
    pub fn bind<A: ToSocketAddrs>(address: A) -> io::Result<UdpSocket> {
        let mut error = address::none();
        let addresses = Resolve::new(&address).await?;
        for address in addresses {
            match std::net::UdpSocket::bind(address) {
                Ok(socket) => return UdpSocket::from_std(socket),
                Err(refused) => error = refused,
            }
        }
        Err(error)
    }

    /// Takes over a socket of the standard library.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system refuses.
    pub fn from_std(socket: std::net::UdpSocket) -> io::Result<Self> {
        socket.set_nonblocking(true)?;
        Ok(UdpSocket {
            inner: Registered::new(socket, Ready::BOTH)?,
        })
    }

    /// Sets where [`send`](UdpSocket::send) sends to, and that only what comes from there is received; of several addresses the first that works.
    ///
    /// # Errors
    ///
    /// If the name is unknown, or the system refuses each address.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time.
    #[costate::coroutine]
    pub fn connect<A: ToSocketAddrs>(&self, address: A) -> io::Result<()> {
        let mut error = address::none();
        let addresses = Resolve::new(&address).await?;
        for address in addresses {
            match self.inner.get().connect(address) {
                Ok(()) => return Ok(()),
                Err(refused) => error = refused,
            }
        }
        Err(error)
    }

    /// Sends a datagram to where it is connected. Gives the number of bytes.
    ///
    /// # Errors
    ///
    /// Whatever the system reports: `ConnectionRefused` if an earlier datagram found nobody there.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; if it wasn't ready, nothing was sent.
    pub fn send(&self, buf: &[u8]) -> impl Future<Output = io::Result<usize>> + Send {
        self.inner
            .shared(Direction::Write, move |socket| socket.send(buf))
    }

    /// Sends a datagram to `target`. Gives the number of bytes.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    ///
    /// # Cancel safety
    ///
    /// As for [`send`](UdpSocket::send).
    pub fn send_to(
        &self,
        buf: &[u8],
        target: SocketAddr,
    ) -> impl Future<Output = io::Result<usize>> + Send {
        self.inner
            .shared(Direction::Write, move |socket| socket.send_to(buf, target))
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

    /// As [`recv`](UdpSocket::recv), and says where it comes from.
    ///
    /// # Errors
    ///
    /// As for [`recv`](UdpSocket::recv).
    ///
    /// # Cancel safety
    ///
    /// As for [`recv`](UdpSocket::recv).
    pub fn recv_from(
        &self,
        buf: &mut [u8],
    ) -> impl Future<Output = io::Result<(usize, SocketAddr)>> + Send {
        self.inner
            .shared(Direction::Read, move |socket| socket.recv_from(buf))
    }

    /// As [`recv`](UdpSocket::recv), but the datagram stays to be received.
    ///
    /// # Errors
    ///
    /// As for [`recv`](UdpSocket::recv).
    ///
    /// # Cancel safety
    ///
    /// As for [`recv`](UdpSocket::recv).
    pub fn peek(&self, buf: &mut [u8]) -> impl Future<Output = io::Result<usize>> + Send {
        self.inner
            .shared(Direction::Read, move |socket| socket.peek(buf))
    }

    /// As [`recv_from`](UdpSocket::recv_from), but the datagram stays to be received.
    ///
    /// # Errors
    ///
    /// As for [`recv`](UdpSocket::recv).
    ///
    /// # Cancel safety
    ///
    /// As for [`recv`](UdpSocket::recv).
    pub fn peek_from(
        &self,
        buf: &mut [u8],
    ) -> impl Future<Output = io::Result<(usize, SocketAddr)>> + Send {
        self.inner
            .shared(Direction::Read, move |socket| socket.peek_from(buf))
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

    /// Takes the error that the system keeps for the socket.
    ///
    /// # Errors
    ///
    /// Whatever the system reports about the question itself.
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {
        self.inner.get().take_error()
    }

    option! {
        /// Whether it may send to broadcast addresses.
        broadcast set_broadcast: bool
    }

    option! {
        /// Over how many routers datagrams may go.
        ttl set_ttl: u32
    }

    option! {
        /// Whether what it sends to an IPv4 group comes back to this host.
        multicast_loop_v4 set_multicast_loop_v4: bool
    }

    /// Joins an IPv4 group on the interface with the address `interface`.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn join_multicast_v4(&self, group: Ipv4Addr, interface: Ipv4Addr) -> io::Result<()> {
        self.inner.get().join_multicast_v4(&group, &interface)
    }

    /// Leaves an IPv4 group.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn leave_multicast_v4(&self, group: Ipv4Addr, interface: Ipv4Addr) -> io::Result<()> {
        self.inner.get().leave_multicast_v4(&group, &interface)
    }

    /// Joins an IPv6 group on the interface with the number `interface`.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn join_multicast_v6(&self, group: &Ipv6Addr, interface: u32) -> io::Result<()> {
        self.inner.get().join_multicast_v6(group, interface)
    }

    /// Leaves an IPv6 group.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn leave_multicast_v6(&self, group: &Ipv6Addr, interface: u32) -> io::Result<()> {
        self.inner.get().leave_multicast_v6(group, interface)
    }
}

impl fmt::Debug for UdpSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.get().fmt(f)
    }
}
