//! The echo server that `echo` and `tour` start.
//!
//! Every connection is a task of its own. When the process is out of descriptors, the server sheds:
//! it counts, waits a little for others to close, and goes on accepting.

use costate::net::{TcpListener, TcpStream};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

const BUFFER: usize = 16 * 1024;
/// How long to leave the listener alone after it failed.
const BACK_OFF: Duration = Duration::from_millis(20);
/// How often to look whether the last connection is gone.
const LOOK: Duration = Duration::from_millis(10);

/// What a server has done so far. All counters may be read at any time.
#[derive(Debug, Default)]
pub struct Served {
    pub open: AtomicUsize,
    pub accepted: AtomicU64,
    /// Connections that ended with an error of their socket.
    pub broken: AtomicU64,
    pub bytes: AtomicU64,
    /// Failures to accept, most often for want of descriptors.
    pub refused: AtomicU64,
    /// Size in bytes of the machine that serves one connection.
    pub machine: AtomicUsize,
}

/// Counts a connection for as long as it lives, however it ends.
#[derive(Debug)]
struct Open(Arc<Served>);

impl Open {
    fn new(served: Arc<Served>) -> Self {
        served.open.fetch_add(1, Relaxed);
        served.accepted.fetch_add(1, Relaxed);
        Open(served)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Relaxed);
    }
}

/// Accepts connections and serves each in a task of its own, for ever.
///
/// # Cancel safety
///
/// Cancelled, it closes the listener; the connections that are open go on.
#[costate::coroutine]
pub fn serve(listener: TcpListener, served: Arc<Served>) {
    loop {
        match listener.accept().await {
            Ok((stream, _peer)) => {
                let connection = connection(stream, Arc::clone(&served));
                served.machine.store(size_of_val(&connection), Relaxed);
                costate::spawn(connection).detach();
            }
            Err(error) => {
                if served.refused.fetch_add(1, Relaxed) == 0 {
                    eprintln!("can't accept: {error}; going on when descriptors are free again");
                }
                costate::time::sleep(BACK_OFF).await;
            }
        }
    }
}

#[costate::coroutine]
fn connection(stream: TcpStream, served: Arc<Served>) {
    let _open = Open::new(Arc::clone(&served));
    let end = echo(stream, &served.bytes).await;
    if end.is_err() {
        served.broken.fetch_add(1, Relaxed);
    }
}

/// Sends back what comes in until the peer has no more, and adds its length to `bytes`.
///
/// # Errors
///
/// Whatever the socket reports.
///
/// # Cancel safety
///
/// Cancelled, it closes the connection: bytes that were read and not yet sent back are lost.
#[costate::coroutine]
pub fn echo(mut stream: TcpStream, bytes: &AtomicU64) -> io::Result<()> {
    // An echo is nothing but short answers: none may wait for the acknowledgement of the one before.
    stream.set_nodelay(true)?;
    let mut buf = [0; BUFFER];
    loop {
        let n = stream.read(&mut buf).await?;
        if n == 0 {
            return Ok(());
        }
        stream.write_all(&buf[..n]).await?;
        bytes.fetch_add(n as u64, Relaxed);
    }
}

/// Waits until no connection is open. It looks every few milliseconds: this is for the end of a
/// program, not for its busy hours.
#[costate::coroutine]
pub fn until_idle(served: &Served) {
    while served.open.load(Relaxed) > 0 {
        costate::time::sleep(LOOK).await;
    }
}
