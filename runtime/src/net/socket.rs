//! A TCP socket that is set up before it is used.

use super::{TcpListener, TcpStream, connect, listener};
use crate::Coroutine;
use socket2::{Domain, Protocol, SockRef, Socket, TcpKeepalive, Type};
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// A TCP socket that neither listens nor is connected: for options that have to be set before.
///
/// ```
/// use costate::net::TcpSocket;
///
/// #[costate::coroutine]
/// fn from_a_port_of_ones_own() -> std::io::Result<()> {
///     let socket = TcpSocket::new_v4()?;
///     socket.set_reuseaddr(true)?;
///     socket.bind("127.0.0.1:0".parse().unwrap())?;
///     let listener = socket.listen(16)?;
///
///     let socket = TcpSocket::new_v4()?;
///     socket.bind("127.0.0.1:0".parse().unwrap())?;
///     let port = socket.local_addr()?.port();
///     let stream = socket.connect(listener.local_addr()?).await?;
///     assert_eq!(stream.local_addr()?.port(), port);
///     Ok(())
/// }
///
/// costate::block_on(from_a_port_of_ones_own()).unwrap();
/// ```
pub struct TcpSocket(Socket);

macro_rules! option {
    ($(#[$docs:meta])* $get:ident $set:ident: $ty:ty, $inner_get:ident $inner_set:ident) => {
        $(#[$docs])*
        ///
        /// # Errors
        ///
        /// Whatever the system reports.
        pub fn $get(&self) -> io::Result<$ty> {
            self.0.$inner_get()
        }

        #[doc = concat!("Sets what [`", stringify!($get), "`](TcpSocket::", stringify!($get), ") gives.")]
        ///
        /// # Errors
        ///
        /// Whatever the system reports.
        pub fn $set(&self, value: $ty) -> io::Result<()> {
            self.0.$inner_set(value)
        }
    };
}

impl TcpSocket {
    /// A socket for IPv4.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn new_v4() -> io::Result<Self> {
        TcpSocket::new(Domain::IPV4)
    }

    /// A socket for IPv6.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn new_v6() -> io::Result<Self> {
        TcpSocket::new(Domain::IPV6)
    }

    fn new(domain: Domain) -> io::Result<Self> {
        let socket = Socket::new(domain, Type::STREAM, Some(Protocol::TCP))?;
        socket.set_nonblocking(true)?;
        Ok(TcpSocket(socket))
    }

    option! {
        /// Whether an address may be used again at once after a listener there was closed (`SO_REUSEADDR`).
        reuseaddr set_reuseaddr: bool, reuse_address set_reuse_address
    }

    #[cfg(all(unix, not(any(target_os = "solaris", target_os = "illumos"))))]
    option! {
        /// Whether several sockets may listen at one address, among which the system shares the connections (`SO_REUSEPORT`).
        reuseport set_reuseport: bool, reuse_port set_reuse_port
    }

    option! {
        /// Whether small pieces are sent without waiting for more (`TCP_NODELAY`).
        nodelay set_nodelay: bool, tcp_nodelay set_tcp_nodelay
    }

    option! {
        /// How long closing goes on sending (`SO_LINGER`).
        linger set_linger: Option<Duration>, linger set_linger
    }

    option! {
        /// How many bytes the system keeps that are to be sent (`SO_SNDBUF`). Linux doubles what is set.
        send_buffer_size set_send_buffer_size: usize, send_buffer_size set_send_buffer_size
    }

    option! {
        /// How many bytes the system keeps that were received (`SO_RCVBUF`). Linux doubles what is set.
        recv_buffer_size set_recv_buffer_size: usize, recv_buffer_size set_recv_buffer_size
    }

    /// As [`TcpStream::set_keepalive`].
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn set_keepalive(&self, after: Option<Duration>) -> io::Result<()> {
        set_keepalive(&SockRef::from(&self.0), after)
    }

    /// Binds it to an address of this host. Port 0 stands for any port that is free.
    ///
    /// # Errors
    ///
    /// Whatever the system reports: `AddrInUse` if somebody else has the address.
    pub fn bind(&self, address: SocketAddr) -> io::Result<()> {
        self.0.bind(&address.into())
    }

    /// The address it is bound to.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        let address = self.0.local_addr()?;
        let address = address.as_socket();
        address.ok_or_else(|| io::Error::other("it has no internet address"))
    }

    /// Listens at the address it is bound to. `backlog` connections may wait to be accepted.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system refuses.
    pub fn listen(self, backlog: u32) -> io::Result<TcpListener> {
        listener::listen_on(self.0, i32::try_from(backlog).unwrap_or(i32::MAX))
    }

    /// Connects to `address`.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the other end doesn't answer as it should.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time, which gives up the attempt.
    pub fn connect(
        self,
        address: SocketAddr,
    ) -> impl Coroutine<Output = io::Result<TcpStream>> + Send {
        connect::connect_from(self.0, address)
    }
}

pub(super) fn set_keepalive(socket: &SockRef<'_>, after: Option<Duration>) -> io::Result<()> {
    match after {
        None => socket.set_keepalive(false),
        Some(after) => socket.set_tcp_keepalive(&TcpKeepalive::new().with_time(after)),
    }
}

impl fmt::Debug for TcpSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
