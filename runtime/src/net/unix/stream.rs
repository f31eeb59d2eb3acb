//! A connection between two processes, or two parts of one.

use crate::Coroutine;
use crate::io::{After, Registered};
use crate::net::methods::{reading, writing};
use crate::net::sealed::Duplex;
use crate::net::{OwnedReadHalf, OwnedWriteHalf, ReadHalf, WriteHalf, owned, transfer};
use crate::reactor::{Direction, Ready};
use crate::time::sleep;
use futures_io::{AsyncRead, AsyncWrite};
use rustix::net::{RecvFlags, recv};
use socket2::{Domain, SockAddr, Socket, Type};
use std::fmt;
use std::future::{Future, poll_fn};
use std::io::{self, IoSlice, IoSliceMut, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{self, SocketAddr};
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// The first pause while the listener's queue is full, which doubles up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

/// A Unix stream. Dropping it closes it.
///
/// ```
/// use costate::net::UnixStream;
///
/// #[costate::coroutine]
/// fn example() -> std::io::Result<()> {
///     let (mut one, mut two) = UnixStream::pair()?;
///     one.write_all(b"hello").await?;
///     let mut word = [0; 5];
///     two.read_exact(&mut word).await?;
///     assert_eq!(&word, b"hello");
///     Ok(())
/// }
///
/// costate::block_on(example()).unwrap();
/// ```
pub struct UnixStream {
    inner: Registered<net::UnixStream>,
}

impl UnixStream {
    /// Connects to the listener at `path`. While its queue is full it tries again, at growing intervals.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or nobody listens there (`NotFound`, `ConnectionRefused`).
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time, which gives up the attempt.
    #[costate::coroutine]
    pub fn connect<P: AsRef<Path>>(path: P) -> io::Result<UnixStream> {
        let address = SockAddr::unix(path)?;
        let mut pause = FIRST_PAUSE;
        loop {
            match request(&address) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
                Err(error) => return Err(error),
                Ok(stream) => {
                    poll_fn(|cx| stream.poll_connected(cx)).await?;
                    return Ok(stream);
                }
            }
        }
    }

    /// Two streams that are connected to each other.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the process has no descriptors left.
    pub fn pair() -> io::Result<(UnixStream, UnixStream)> {
        let (one, two) = net::UnixStream::pair()?;
        Ok((UnixStream::from_std(one)?, UnixStream::from_std(two)?))
    }

    /// Takes over a stream of the standard library.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system refuses.
    pub fn from_std(stream: net::UnixStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(UnixStream {
            inner: Registered::new(stream, Ready::BOTH)?,
        })
    }

    fn poll_connected(&self, cx: &Context<'_>) -> Poll<io::Result<()>> {
        self.inner.poll_only(Direction::Write, cx, |stream| {
            match stream.take_error()? {
                Some(error) => Err(error),
                None => Ok(((), After::MoreMayCome)),
            }
        })
    }

    /// Lends the two directions, to be used at the same time.
    pub fn split(&mut self) -> (ReadHalf<'_, UnixStream>, WriteHalf<'_, UnixStream>) {
        (ReadHalf(self), WriteHalf(self))
    }

    /// Splits it in two parts that may go to different tasks. It is closed when both are dropped; dropping
    /// the writing part alone ends the sending direction.
    #[must_use]
    pub fn into_split(self) -> (OwnedReadHalf<UnixStream>, OwnedWriteHalf<UnixStream>) {
        owned::split(self)
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

/// Sends the request to connect.
fn request(address: &SockAddr) -> io::Result<UnixStream> {
    let socket = Socket::new(Domain::UNIX, Type::STREAM, None)?;
    socket.set_nonblocking(true)?;
    match socket.connect(address) {
        Ok(()) => {}
        Err(error)
            if error.raw_os_error() == Some(rustix::io::Errno::INPROGRESS.raw_os_error()) => {}
        Err(error) => return Err(error),
    }
    // Registered after the request: a socket that isn't connected counts as hung up.
    Ok(UnixStream {
        inner: Registered::new(socket.into(), Ready::NONE)?,
    })
}

impl Duplex for UnixStream {
    type Io = net::UnixStream;

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
        let (n, _) = recv(io, buf, RecvFlags::PEEK)?;
        Ok(n)
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

reading!(UnixStream);
writing!(UnixStream);

impl fmt::Debug for UnixStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.get().fmt(f)
    }
}
