//! Connecting: one address after the other, until one answers.

use super::address::{self, Resolve};
use super::stream::TcpStream;
use crate::io::{After, Registered};
use crate::reactor::{Direction, Ready};
use socket2::{Domain, Protocol, Socket, Type};
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

/// The future of [`TcpStream::connect`].
pub(super) struct Connect {
    state: State,
    /// Of the address that was tried last.
    error: Option<io::Error>,
}

enum State {
    Resolving(Resolve),
    Trying(vec::IntoIter<SocketAddr>, Option<TcpStream>),
}

impl Connect {
    pub(super) fn new(resolve: Resolve) -> Self {
        Connect {
            state: State::Resolving(resolve),
            error: None,
        }
    }
}

impl Future for Connect {
    type Output = io::Result<TcpStream>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.get_mut();
        loop {
            match &mut this.state {
                State::Resolving(resolve) => {
                    let addresses = ready!(Pin::new(resolve).poll(cx))?;
                    this.state = State::Trying(addresses, None);
                }
                State::Trying(_, attempt @ Some(_)) => {
                    let stream = attempt.as_ref().expect("it was just matched");
                    let connected = ready!(stream.poll_connected(cx));
                    let stream = attempt.take().expect("it was just matched");
                    match connected {
                        Ok(()) => return Poll::Ready(Ok(stream)),
                        Err(error) => this.error = Some(error),
                    }
                }
                State::Trying(addresses, attempt) => {
                    let Some(address) = addresses.next() else {
                        return Poll::Ready(Err(this.error.take().unwrap_or_else(address::none)));
                    };
                    match start(address) {
                        Ok(stream) => *attempt = Some(stream),
                        Err(error) => this.error = Some(error),
                    }
                }
            }
        }
    }
}

/// Sends the request to connect. The socket is writable when the answer is there.
fn start(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    socket.set_nonblocking(true)?;
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
    /// Waits for the answer to [`start`]'s request.
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
