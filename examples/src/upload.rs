//! Receives a file, packs it with `gzip` on the way, and keeps it, or nothing: however it ends before that, by an error, by a
//! cancellation or by a deadline, the half-written file is removed, the lock given back, and `gzip` killed and waited for.

use costate::net::{TcpListener, TcpStream};
use costate::process::{Command, Stdio};
use costate::sync::Notify;
use costate::task::TaskGroup;
use costate::time::timeout;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::time::Duration;

const BUFFER: usize = 16 * 1024;
/// The first line of an upload may be so long.
const LONGEST_LINE: usize = 256;

/// How uploads are received.
#[derive(Debug)]
pub struct Store {
    pub folder: PathBuf,
    /// A client that takes longer is sent away.
    pub limit: Duration,
    pub progress: Progress,
}

/// How many bytes have come, of all uploads.
#[derive(Debug, Default)]
pub struct Progress {
    bytes: AtomicU64,
    more: Notify,
}

impl Progress {
    fn add(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, SeqCst);
        self.more.notify_waiters();
    }

    /// Waits until so many have come.
    #[costate::coroutine]
    pub fn at_least(&self, bytes: u64) {
        loop {
            // It counts from here on.
            let more = self.more.notified();
            if self.bytes.load(SeqCst) >= bytes {
                return;
            }
            more.await;
        }
    }
}

/// What a client wants to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    pub name: String,
    pub length: u64,
}

/// The files of an upload.
struct Files {
    lock: PathBuf,
    part: PathBuf,
    whole: PathBuf,
}

impl Files {
    fn new(folder: &Path, name: &str) -> Self {
        let file = |ending| folder.join(format!("{name}{ending}"));
        Files {
            lock: file(".lock"),
            part: file(".part"),
            whole: file(".gz"),
        }
    }
}

/// Receives one upload. Nothing of it is left if it doesn't come to its end.
///
/// # Errors
///
/// `AlreadyExists` if another upload of that name is under way, `UnexpectedEof` if the client goes away before the end, and whatever the
/// system or `gzip` reports.
///
/// # Cancel safety
///
/// Cancelled, it gives everything back before that is over.
#[costate::coroutine(Send)]
pub fn receive(store: Arc<Store>, announced: Announced, stream: &mut TcpStream) -> io::Result<()> {
    let files = Files::new(&store.folder, &announced.name);
    File::create_new(&files.lock)?;
    defer! { remove(&files.lock); }
    let part = File::create(&files.part)?;
    defer! { remove(&files.part); } // unless it is whole and has its name
    let mut gzip = Command::new("gzip")
        .stdin(Stdio::piped())
        .stdout(part)
        .spawn()?;
    defer! {
        // Before its file goes. If it has ended, this changes nothing.
        let _ = gzip.kill().await;
    }
    let mut packs = gzip.stdin.take().ok_or(ErrorKind::BrokenPipe)?;
    let mut buf = vec![0; BUFFER];
    let mut left = announced.length;
    while left > 0 {
        let most = buf.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let n = stream.read(&mut buf[..most]).await?;
        if n == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        packs.write_all(&buf[..n]).await?;
        left -= n as u64;
        store.progress.add(n);
    }
    drop(packs); // the end, for `gzip`
    let status = gzip.wait().await?;
    if !status.success() {
        return Err(io::Error::other(format!("gzip: {status}")));
    }
    fs::rename(&files.part, &files.whole)
}

fn remove(path: &Path) {
    match fs::remove_file(path) {
        Ok(()) => {}
        // It has got its name.
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => eprintln!("can't remove {}: {error}", path.display()),
    }
}

/// Reads `NAME LENGTH` and receives what follows. The client is told what came of it, also when the server stops.
///
/// # Errors
///
/// As for [`receive`]; `TimedOut` if the client is too slow, `InvalidData` if its first line is something else.
#[costate::coroutine(Send)]
pub fn serve_one(store: Arc<Store>, mut stream: TcpStream) -> io::Result<()> {
    on_cancel! { let _ = stream.write_all(b"cancelled\n").await; }
    let announced = announced(&mut stream).await?;
    let receives = receive(Arc::clone(&store), announced, &mut stream);
    // When the time is up, what it had is given back before this goes on.
    let received = timeout(store.limit, receives).await;
    let answer = match &received {
        Ok(Ok(())) => "stored\n".to_owned(),
        Ok(Err(error)) => format!("failed: {error}\n"),
        Err(_) => "too slow\n".to_owned(),
    };
    stream.write_all(answer.as_bytes()).await?;
    received?
}

#[costate::coroutine]
fn announced(stream: &mut TcpStream) -> io::Result<Announced> {
    let mut line = Vec::new();
    loop {
        let mut byte = [0];
        stream.read_exact(&mut byte).await?;
        match byte {
            [b'\n'] => break,
            _ if line.len() == LONGEST_LINE => return Err(ErrorKind::InvalidData.into()),
            [byte] => line.push(byte),
        }
    }
    parse(&line).ok_or_else(|| ErrorKind::InvalidData.into())
}

/// A name is one of a file in the folder, and no other's.
fn parse(line: &[u8]) -> Option<Announced> {
    let (name, length) = str::from_utf8(line).ok()?.trim_end().split_once(' ')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (!name.is_empty() && name.chars().all(plain)).then_some(Announced {
        name: name.to_owned(),
        length: length.parse().ok()?,
    })
}

/// Accepts uploads until it is cancelled; then all that are under way are cancelled, and have given back what they had.
///
/// # Errors
///
/// If the listener fails.
#[costate::coroutine(Send)]
pub fn serve(store: Arc<Store>, listener: TcpListener) -> io::Result<()> {
    let mut uploads = TaskGroup::new();
    defer! { uploads.cancel_and_join().await; }
    loop {
        select! {
            accepted = listener.accept() => {
                let (stream, _peer) = accepted?;
                uploads.spawn(serve_one(Arc::clone(&store), stream));
            }
            Some(ended) = uploads.next(), if !uploads.is_empty() => report(ended),
        }
    }
}

fn report(ended: Result<io::Result<()>, costate::TaskError>) {
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(error)) => eprintln!("an upload failed: {error}"),
        Err(error) => eprintln!("an upload ended: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_line_names_a_file_and_its_length() {
        let parsed = parse(b"report-1 12\r").expect("it is one");
        assert_eq!((&*parsed.name, parsed.length), ("report-1", 12));
        for line in ["", "report", " 1", "../x 1", "x.y 1", "x -1", "x 1 2"] {
            assert_eq!(parse(line.as_bytes()), None, "{line:?}");
        }
    }
}
