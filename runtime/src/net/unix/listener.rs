//! Accepting Unix streams.

use super::UnixStream;
use crate::io::Registered;
use crate::net::listener::{FIRST_PAUSE, LONGEST_PAUSE, is_shortage};
use crate::reactor::{Direction, Ready};
use crate::time::sleep;
use std::fmt;
use std::future::Future;
use std::io;
use std::os::unix::net::{self, SocketAddr};
use std::path::Path;
use std::time::Duration;

/// A Unix socket that accepts connections.
///
/// Its path stays when it is dropped; remove it before you bind there again.
pub struct UnixListener {
    inner: Registered<net::UnixListener>,
}

impl UnixListener {
    /// Listens at `path`, which is made by this.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system refuses: `AddrInUse` if there is something at `path`.
    pub fn bind<P: AsRef<Path>>(path: P) -> io::Result<Self> {
        UnixListener::from_std(net::UnixListener::bind(path)?)
    }

    /// Takes over a listener of the standard library.
    ///
    /// # Errors
    ///
    /// If there is no costate runtime on this thread, or the system refuses.
    pub fn from_std(listener: net::UnixListener) -> io::Result<Self> {
        listener.set_nonblocking(true)?;
        Ok(UnixListener {
            inner: Registered::new(listener, Ready::BOTH)?,
        })
    }

    /// Waits for a connection. Several tasks may wait at once; each connection goes to one of them.
    ///
    /// # Errors
    ///
    /// Whatever the system reports: see [`TcpListener::accept`](crate::net::TcpListener::accept).
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; no connection is lost.
    pub fn accept(&self) -> impl Future<Output = io::Result<(UnixStream, SocketAddr)>> + Send {
        self.inner
            .shared(Direction::Read, |listener: &net::UnixListener| {
                let (stream, peer) = listener.accept()?;
                Ok((UnixStream::from_std(stream)?, peer))
            })
    }

    /// Accepts connections as [`accept`](UnixListener::accept) does, but waits when the process is out of descriptors or memory, until some are free
    /// again, instead of reporting it.
    pub fn incoming(&self) -> UnixIncoming<'_> {
        UnixIncoming {
            listener: self,
            pause: FIRST_PAUSE,
        }
    }

    /// The address it listens at.
    ///
    /// # Errors
    ///
    /// Whatever the system reports.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.get().local_addr()
    }
}

impl fmt::Debug for UnixListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.get().fmt(f)
    }
}

/// The connections of a listener: see [`UnixListener::incoming`].
#[derive(Debug)]
#[must_use]
pub struct UnixIncoming<'a> {
    listener: &'a UnixListener,
    pause: Duration,
}

impl UnixIncoming<'_> {
    /// Waits for a connection.
    ///
    /// # Errors
    ///
    /// As for [`UnixListener::accept`], without those that pass when others close.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time; no connection is lost.
    #[costate::coroutine]
    pub fn accept(&mut self) -> io::Result<(UnixStream, SocketAddr)> {
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
