//! Sockets: TCP, UDP and, on Unix, Unix sockets; streams and their halves.
//!
//! A socket belongs to the runtime on whose thread it was made: its readiness comes from there. It may be used from any
//! thread and any executor while that runtime runs; after its end every wait gives an error.
//!
//! What takes `&mut self` has a direction to itself, as reading a stream has. What takes `&self` may be waited for by several tasks at once:
//! accepting, and sending and receiving datagrams; all are woken, and one gets it.

mod address;
mod connect;
mod listener;
mod methods;
mod owned;
mod socket;
mod split;
mod stream;
mod transfer;
mod udp;
#[cfg(unix)]
mod unix;

pub use self::address::{ToSocketAddrs, lookup_host};
pub use self::listener::{Incoming, TcpListener};
pub use self::owned::{OwnedReadHalf, OwnedWriteHalf, ReuniteError};
pub use self::socket::TcpSocket;
pub use self::split::{ReadHalf, WriteHalf};
pub use self::stream::TcpStream;
pub use self::udp::UdpSocket;
#[cfg(unix)]
pub use self::unix::{UnixDatagram, UnixIncoming, UnixListener, UnixStream};
pub use std::net::{Shutdown, SocketAddr};

mod sealed {
    use crate::io::Registered;
    use crate::reactor::Pollable;
    use std::io::{self, IoSlice, IoSliceMut};

    /// A stream with two directions, by the calls that don't block.
    #[allow(
        private_bounds,
        private_interfaces,
        reason = "nobody outside can name it"
    )]
    pub trait Duplex: Send + Sync + Sized + 'static {
        type Io: Pollable;
        fn registered(&self) -> &Registered<Self::Io>;
        fn receive(io: &Self::Io, buf: &mut [u8]) -> io::Result<usize>;
        fn receive_vectored(io: &Self::Io, bufs: &mut [IoSliceMut<'_>]) -> io::Result<usize>;
        /// Receives without taking.
        fn look(io: &Self::Io, buf: &mut [u8]) -> io::Result<usize>;
        fn send(io: &Self::Io, buf: &[u8]) -> io::Result<usize>;
        fn send_vectored(io: &Self::Io, bufs: &[IoSlice<'_>]) -> io::Result<usize>;
        /// Ends the sending direction.
        fn end(io: &Self::Io) -> io::Result<()>;
    }
}
