//! Accepting connections.

use super::address::{self, Resolve, ToSocketAddrs};
use super::stream::TcpStream;
use crate::io::Registered;
use crate::reactor::{Direction, Ready};
use crate::time::sleep;
use socket2::{Domain, Protocol, Socket, Type};
use std::fmt;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 4096;
/// The first pause after a failure to accept, which doubles up to the longest.
pub(super) const FIRST_PAUSE: Duration = Duration::from_millis(5);
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A TCP socket that accepts connections.
///
/// ```
/// use costate::net::{TcpListener, TcpStream};
///
/// #[costate::coroutine]
/// fn greet() -> std::io::Result<Vec<u8>> {
///     let listener = TcpListener::bind("127.0.0.1:0").await?;
///     let mut client = TcpStream::connect(listener.local_addr()?).await?;
///     let (mut server, _peer) = listener.accept().await?;
///     server.write_all(b"hello").await?;
///     let mut word = vec![0; 5];
///     client.read_exact(&mut word).await?;
///     Ok(word)
/// }
///
/// assert_eq!(costate::block_on(greet()).unwrap(), b"hello");
/// ```
pub struct TcpListener {
    inner: Registered<std::net::TcpListener>,
}

impl TcpListener {
    /// Listens at `address`; of several, at the first that works. Port 0 stands for any port that is free. An
    /// address may be used again at once after a listener there was closed.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, the name is unknown, or the system refuses each address:
    /// `AddrInUse` if somebody listens there, `PermissionDenied` for low ports.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time.
    #[costate::coroutine]
    pub fn bind<A: ToSocketAddrs>(address: A) -> io::Result<TcpListener> {
        let mut error = address::none();
        let addresses = Resolve::new(&address).await?;
        for address in addresses {
            match listen(address) {
                Ok(listener) => return Ok(listener),
                Err(refused) => error = refused,
            }
        }
        Err(error)
    }

    /// Takes over a listener of the standard library.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system refuses.
    pub fn from_std(listener: std::net::TcpListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        Ok(TcpListener {
            inner: Registered::new(listener, Ready::BOTH)?,
        })
    }

    /// Waits for a connection. Several tasks may wait at once; each connection goes to one of them.
    ///
    /// # Errors
    ///
    /// Whatever the system reports. When the process is out of descriptors that is an error of the moment: the
    /// connection is still waiting, and a later call accepts it. Don't call again at once, for it fails at
    /// once; or use [`incoming`](TcpListener::incoming), which waits a little. A connection that was broken off
    /// before it was accepted is not reported.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; no connection is lost.
    pub fn accept(&self) -> impl Future<Output = io::Result<(TcpStream, SocketAddr)>> + Send {
        self.inner.shared(Direction::Read, accept)
    }

    /// Accepts connections as [`accept`](TcpListener::accept) does, but waits when the process is out of descriptors or memory, until some are free
    /// again, instead of reporting it.
    ///
    /// ```no_run
    /// # use costate::net::{TcpListener, TcpStream};
    /// # fn serve(_: TcpStream) -> std::future::Ready<()> { std::future::ready(()) }
    /// #[costate::coroutine]
    /// fn listen() -> std::io::Result<()> {
    ///     let listener = TcpListener::bind("127.0.0.1:7777").await?;
    ///     let mut incoming = listener.incoming();
    ///     loop {
    ///         let (stream, _peer) = incoming.accept().await?;
    ///         costate::spawn(serve(stream)).detach();
    ///     }
    /// }
    /// ```
    pub fn incoming(&self) -> Incoming<'_> {
        Incoming {
            listener: self,
            pause: FIRST_PAUSE,
        }
    }

    /// The address it listens at: with the port that was chosen, if port 0 was asked for.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.get().local_addr()
    }
}

fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = Socket::new(
        Domain::for_address(address),
        Type::STREAM,
        Some(Protocol::TCP),
    )?;
    socket.set_nonblocking(true)?;
    // On Windows the option means something else: that two may listen at once.
    #[cfg(unix)]
    socket.set_reuse_address(true)?;
    socket.bind(&address.into())?;
    listen_on(socket, BACKLOG)
}

/// Listens with a socket that was set up and bound before.
pub(super) fn listen_on(socket: Socket, backlog: i32) -> io::Result<TcpListener> {
    socket.listen(backlog)?;
    Ok(TcpListener {
        inner: Registered::new(socket.into(), Ready::NONE)?,
    })
}

fn accept(listener: &std::net::TcpListener) -> io::Result<(TcpStream, SocketAddr)> {
    loop {
        match listener.accept() {
            Ok((stream, peer)) => {
                stream.set_nonblocking(true)?;
                // It starts as ready: most often data is there, and else a read says so.
                return Ok((TcpStream::from(Registered::new(stream, Ready::BOTH)?), peer));
            }
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => return Err(error),
        }
    }
}

impl fmt::Debug for TcpListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.get().fmt(f)
    }
}

/// The connections of a listener: see [`TcpListener::incoming`].
#[must_use]
pub struct Incoming<'a> {
    listener: &'a TcpListener,
    /// How long to wait after the next failure.
    pause: Duration,
}

impl Incoming<'_> {
    /// Waits for a connection.
    ///
    /// # Errors
    ///
    /// As for [`TcpListener::accept`], without those that pass when others close: out of descriptors (EMFILE,
    /// ENFILE), buffers or memory. Then it waits 5 ms, then twice as long each time up to a second.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; no connection is lost.
    #[costate::coroutine]
    pub fn accept(&mut self) -> io::Result<(TcpStream, SocketAddr)> {
        loop {
            match self.listener.accept().await {
                Err(error) if is_shortage(&error) => {
                    let pause = self.pause;
                    self.pause = (pause * 2).min(LONGEST_PAUSE);
                    sleep(pause).await;
                }
                accepted => {
                    self.pause = FIRST_PAUSE;
                    return accepted;
                }
            }
        }
    }
}

impl fmt::Debug for Incoming<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Incoming").field(self.listener).finish()
    }
}

/// Whether the error passes when others close what they have.
pub(super) fn is_shortage(error: &io::Error) -> bool {
    #[cfg(unix)]
    {
        use rustix::io::Errno;
        let shortages = [Errno::MFILE, Errno::NFILE, Errno::NOBUFS, Errno::NOMEM];
        shortages
            .iter()
            .any(|shortage| error.raw_os_error() == Some(shortage.raw_os_error()))
    }
    #[cfg(not(unix))]
    {
        error.kind() == io::ErrorKind::OutOfMemory
    }
}
