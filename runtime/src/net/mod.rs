//! TCP: listeners, streams and their halves.
//!
//! A socket belongs to the runtime on whose thread it was made: its readiness comes from there. It may be used from any
//! thread and any executor while that runtime runs; after its end every wait gives an error.

mod address;
mod connect;
mod listener;
mod owned;
mod split;
mod stream;
mod transfer;

pub use self::address::{ToSocketAddrs, lookup_host};
pub use self::listener::{Incoming, TcpListener};
pub use self::owned::{OwnedReadHalf, OwnedWriteHalf, ReuniteError};
pub use self::split::{ReadHalf, WriteHalf};
pub use self::stream::TcpStream;
pub use std::net::{Shutdown, SocketAddr};
