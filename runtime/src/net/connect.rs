//! Connecting to one address.

use super::stream::TcpStream;
use crate::io::{After, Registered};
use crate::reactor::{Direction, Ready};
use socket2::{Domain, Protocol, Socket, Type};
use std::future::poll_fn;
use std::io;
use std::net::SocketAddr;
use std::task::{Context, Poll};

/// Connects to one address.
#[costate::coroutine]
pub(super) fn connect(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = request(address)?;
    poll_fn(|cx| stream.poll_connected(cx)).await?;
    Ok(stream)
}

/// Sends the request to connect. The socket is writable when the answer is there.
fn request(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    socket.set_nonblocking(true)?;
    request_from(socket, address)
}

/// As [`request`], with a socket that was set up before.
fn request_from(socket: Socket, address: SocketAddr) -> io::Result<TcpStream> {
    match socket.connect(&address.into()) {
        Ok(()) => {}
        Err(error) if in_progress(&error) => {}
        Err(error) => return Err(error),
    }
    // Registered after the request: a socket that isn't connected counts as hung up.
    Ok(TcpStream::from(Registered::new(
        socket.into(),
        Ready::NONE,
    )?))
}

/// Connects to one address with a socket that was set up before.
#[costate::coroutine]
pub(super) fn connect_from(socket: Socket, address: SocketAddr) -> io::Result<TcpStream> {
    let stream = request_from(socket, address)?;
    poll_fn(|cx| stream.poll_connected(cx)).await?;
    Ok(stream)
}

fn in_progress(error: &io::Error) -> bool {
    #[cfg(unix)]
    let started = error.raw_os_error() == Some(IN_PROGRESS);
    #[cfg(not(unix))]
    let started = false;
    started
        || matches!(
            error.kind(),
            io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted
        )
}

#[cfg(unix)]
const IN_PROGRESS: i32 = rustix::io::Errno::INPROGRESS.raw_os_error();

impl TcpStream {
    /// Waits for the answer to the [`request`].
    fn poll_connected(&self, cx: &Context<'_>) -> Poll<io::Result<()>> {
        self.inner.poll_only(Direction::Write, cx, |stream| {
            if let Some(error) = stream.take_error()? {
                return Err(error);
            }
            match stream.peer_addr() {
                Ok(_) => Ok(((), After::MoreMayCome)),
                // Woken too early.
                Err(error) if error.kind() == io::ErrorKind::NotConnected => {
                    Err(io::ErrorKind::WouldBlock.into())
                }
                Err(error) => Err(error),
            }
        })
    }
}
