//! Connections that are talked over, cut, reset, refused and forgotten.

use crate::work::Guard;
use costate::net::{OwnedWriteHalf, TcpListener, TcpStream, UdpSocket};
use costate::time::timeout;
use costate::{Task, spawn};
use fastrand::Rng;
use std::io;
use std::net::{Shutdown, SocketAddr};
use std::sync::Mutex;
use std::time::Duration;

/// Sends back what it is sent, to any number of clients.
pub struct Server {
    address: SocketAddr,
    task: Mutex<Option<Task<()>>>,
}

impl Server {
    #[costate::coroutine]
    pub fn start() -> io::Result<Server> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let task = Mutex::new(Some(spawn(serve(listener))));
        Ok(Server { address, task })
    }

    /// Ends it, and the connections that it has.
    #[costate::coroutine]
    pub fn stop(&self) {
        let task = self.task.lock().ok().and_then(|mut task| task.take());
        if let Some(task) = task {
            task.cancel_and_join().await;
        }
    }
}

#[costate::coroutine]
fn serve(listener: TcpListener) {
    let _guard = Guard::new();
    let mut connections = costate::task::TaskGroup::new();
    let mut incoming = listener.incoming();
    while let Ok((stream, _)) = incoming.accept().await {
        connections.spawn(echo(stream));
    }
}

#[costate::coroutine]
fn echo(mut stream: TcpStream) -> io::Result<()> {
    let _guard = Guard::new();
    let mut buf = [0; 512];
    loop {
        let n = stream.read(&mut buf).await?;
        if n == 0 {
            return Ok(());
        }
        stream.write_all(&buf[..n]).await?;
    }
}

fn soon(random: &mut Rng) -> Duration {
    Duration::from_micros(random.u64(..3000))
}

#[costate::coroutine]
pub fn talk(server: std::sync::Arc<Server>, seed: u64) {
    let mut random = Rng::with_seed(seed);
    let limit = soon(&mut random) * 8;
    // What goes wrong is the point.
    let _failed = timeout(limit, talks(server.address, random.u64(..))).await;
}

#[costate::coroutine]
fn talks(address: SocketAddr, seed: u64) -> io::Result<()> {
    let _guard = Guard::new();
    let mut random = Rng::with_seed(seed);
    let mut stream = TcpStream::connect(address).await?;
    let mut buf = [0; 700];
    for _ in 0..random.u8(..10) {
        let n = random.usize(1..buf.len());
        random.fill(&mut buf[..n]);
        let sent = buf;
        stream.write_all(&sent[..n]).await?;
        stream.read_exact(&mut buf[..n]).await?;
        assert_eq!(buf[..n], sent[..n], "an echo is what was sent");
    }
    match random.u8(..5) {
        // Closed while the server may be about to read.
        0 => {}
        // Reset.
        1 => {
            stream.set_linger(Some(Duration::ZERO))?;
            stream.write_all(&buf).await?;
        }
        // Half of it is closed, and the rest still comes.
        2 => {
            stream.write_all(&buf).await?;
            stream.shutdown(Shutdown::Write)?;
            let mut rest = 0;
            loop {
                let n = stream.read(&mut buf).await?;
                if n == 0 {
                    break;
                }
                rest += n;
            }
            assert_eq!(rest, buf.len(), "what was sent before the end comes back");
        }
        // Halves in two tasks, one of which is cancelled.
        3 => {
            let (mut read, write) = stream.into_split();
            let writes = spawn(floods(write));
            let _read = timeout(soon(&mut random), read.read(&mut buf)).await;
            drop(writes);
        }
        // Nobody will answer.
        _ => {
            let _late = timeout(soon(&mut random), stream.read(&mut buf)).await;
        }
    }
    Ok(())
}

/// Writes until that fails, or the pipe is full and it is cancelled.
#[costate::coroutine]
fn floods(mut write: OwnedWriteHalf<TcpStream>) {
    let _guard = Guard::new();
    while write.write_all(&[7; 4096]).await.is_ok() {}
}

#[costate::coroutine]
pub fn refused(seed: u64) {
    let mut random = Rng::with_seed(seed);
    // Bound and closed, so that nobody listens there. (Another may by now, and is as good.)
    let Ok(gone) = std::net::TcpListener::bind("127.0.0.1:0").and_then(|gone| gone.local_addr())
    else {
        return;
    };
    let _refused = timeout(soon(&mut random), TcpStream::connect(gone)).await;
}

#[costate::coroutine]
pub fn datagrams(seed: u64) {
    let _guard = Guard::new();
    let _failed = exchange(seed).await;
}

#[costate::coroutine]
fn exchange(seed: u64) -> io::Result<()> {
    let mut random = Rng::with_seed(seed);
    let here = UdpSocket::bind("127.0.0.1:0").await?;
    let there = UdpSocket::bind("127.0.0.1:0").await?;
    here.connect(there.local_addr()?).await?;
    let mut buf = [0; 32];
    for n in 0..random.u8(..8) {
        here.send(&[n; 16]).await?;
        let (n, _) = there.recv_from(&mut buf).await?;
        assert_eq!(n, 16);
    }
    drop(there);
    // To nobody: the system says so at the next call.
    here.send(&buf).await?;
    let late = timeout(soon(&mut random), here.recv(&mut buf)).await;
    drop(late);
    Ok(())
}

#[cfg(unix)]
#[costate::coroutine]
pub fn pair(seed: u64) {
    use costate::net::UnixStream;
    let _guard = Guard::new();
    let mut random = Rng::with_seed(seed);
    let Ok((mut here, there)) = UnixStream::pair() else {
        return;
    };
    let reader = spawn(swallow(there, random.usize(..200_000)));
    let buf = vec![7; 100_000];
    // The pipe is full before the other has read; then the other goes away.
    let _failed = timeout(soon(&mut random) * 4, here.write_all(&buf)).await;
    if random.bool() {
        drop(here);
    }
    let _end = timeout(soon(&mut random), reader.join()).await;
}

#[cfg(unix)]
#[costate::coroutine]
fn swallow(mut stream: costate::net::UnixStream, most: usize) {
    let _guard = Guard::new();
    let (mut buf, mut read) = ([0; 4096], 0);
    while read < most {
        match stream.read(&mut buf).await {
            Ok(0) | Err(_) => return,
            Ok(n) => read += n,
        }
    }
}

#[cfg(not(unix))]
#[costate::coroutine]
pub fn pair(_seed: u64) {}
