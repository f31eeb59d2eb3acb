//! Signals of the system, as futures.
//!
//! Each wait has a socket pair of its own: the handler writes to one end, which is all that a handler may do, and the
//! reactor watches the other.

use crate::io::{After, Registered};
use crate::reactor::{Direction, Ready};
use signal_hook::{SigId, consts::SIGINT, low_level};
use std::fmt;
use std::future::Future;
use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Waits for Ctrl-C (SIGINT).
///
/// It counts from the call, not from the first poll. From the first call on, for the rest of the process's
/// life, Ctrl-C doesn't end the process any more: it is yours to do so.
///
/// ```no_run
/// #[costate::coroutine]
/// fn until_interrupted() -> std::io::Result<()> {
///     costate::signal::ctrl_c().await?;
///     println!("goodbye");
///     Ok(())
/// }
/// # costate::block_on(until_interrupted()).unwrap();
/// ```
///
/// # Errors
///
/// If there is no costate runtime on this thread, or the process has no descriptors left.
///
/// # Cancel safety
///
/// It may be dropped at any time. A signal that comes then is seen by the waits that are left, or by nobody.
pub fn ctrl_c() -> CtrlC {
    CtrlC(Signal::new(SIGINT).map_err(Some))
}

/// The future of [`ctrl_c`].
#[must_use = "futures do nothing unless they are awaited"]
pub struct CtrlC(Result<Signal, Option<io::Error>>);

impl Future for CtrlC {
    type Output = io::Result<()>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match &mut self.0 {
            Ok(signal) => signal.poll(cx),
            Err(error) => {
                let error = error.take().expect("it was polled after it was ready");
                Poll::Ready(Err(error))
            }
        }
    }
}

impl fmt::Debug for CtrlC {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CtrlC")
    }
}

/// One who waits for a signal.
pub(crate) struct Signal {
    id: SigId,
    received: Registered<UnixStream>,
}

impl Signal {
    pub(crate) fn new(signal: i32) -> io::Result<Self> {
        let (receive, send) = UnixStream::pair()?;
        receive.set_nonblocking(true)?;
        let received = Registered::new(receive, Ready::NONE)?;
        // The handler must not wait: the pipe is full when enough signals are pending.
        send.set_nonblocking(true)?;
        let id = low_level::pipe::register(signal, send)?;
        Ok(Signal { id, received })
    }

    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut bytes = [0; 16];
        self.received
            .poll_only(Direction::Read, cx, |mut received| {
                let n = received.read(&mut bytes)?;
                Ok(((), After::transfer(n, bytes.len())))
            })
    }
}

impl Drop for Signal {
    fn drop(&mut self) {
        low_level::unregister(self.id);
    }
}
