//! One connection: a thread that sends, and this one that checks what comes back.

use crate::options::Options;
use costate_examples::pattern::Pattern;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// Two threads a connection: their stacks are kept small.
pub const STACK: usize = 128 * 1024;
const READ_BUFFER: usize = 16 * 1024;
/// A server without descriptors leaves connections in its backlog, and later ones outside it.
const CONNECT: Duration = Duration::from_secs(5);
/// How long the last bytes may take once nothing more is sent.
const PATIENCE: Duration = Duration::from_secs(15);
/// Between the reads of a sluggish connection.
const PAUSE: Duration = Duration::from_micros(500);

/// What all connections have done so far.
#[derive(Debug, Default)]
pub struct Totals {
    pub open: AtomicUsize,
    pub sent: AtomicU64,
    pub checked: AtomicU64,
}

/// How a connection ended.
#[derive(Debug)]
pub enum Ending {
    /// Every byte that was sent came back, and then the end of the stream.
    Whole,
    /// Not a byte came back: the server turned the connection away, or never took it up.
    Shed,
    /// Something was lost, wrong, or late.
    Failed(String),
}

/// Connects, waits until all others have, and talks until the time is over.
pub fn run(number: u64, options: &Options, totals: &Totals, all_connected: &Barrier) -> Ending {
    let stream = TcpStream::connect_timeout(&options.address, CONNECT);
    totals.open.fetch_add(stream.is_ok().into(), Relaxed);
    all_connected.wait();
    let Ok(stream) = stream else {
        return Ending::Shed;
    };
    let seed = options.seed.wrapping_mul(1_000_003).wrapping_add(number);
    let talk = Talk {
        stream,
        seed,
        manner: Manner::of(number),
        checked: AtomicU64::new(0),
    };
    let result = talk.through(options, totals);
    totals.open.fetch_sub(1, Relaxed);
    let checked = talk.checked.load(Relaxed);
    match result {
        Ok(sent) if sent == checked => Ending::Whole,
        _ if checked == 0 => Ending::Shed,
        Ok(sent) => Ending::Failed(format!("sent {sent} bytes, got back {checked}")),
        Err(error) => Ending::Failed(format!("after {checked} bytes: {error}")),
    }
}

/// How a connection behaves.
#[derive(Clone, Copy, Debug)]
enum Manner {
    /// Keeps a little under way and reads at once.
    Brisk,
    /// Sends far ahead and reads slowly, so that the server can't get rid of its answers.
    Sluggish,
}

impl Manner {
    fn of(number: u64) -> Self {
        if number % 8 == 7 {
            Manner::Sluggish
        } else {
            Manner::Brisk
        }
    }

    /// How many bytes may be sent that are not back yet.
    fn window(self) -> u64 {
        match self {
            Manner::Brisk => 256 * 1024,
            Manner::Sluggish => 2 * 1024 * 1024,
        }
    }
}

struct Talk {
    stream: TcpStream,
    seed: u64,
    manner: Manner,
    checked: AtomicU64,
}

impl Talk {
    /// Sends and checks until the time is over. Says how much was sent.
    fn through(&self, options: &Options, totals: &Totals) -> io::Result<u64> {
        let patience = options.duration + PATIENCE;
        self.stream.set_read_timeout(Some(patience))?;
        self.stream.set_write_timeout(Some(patience))?;
        thread::scope(|scope| {
            let sending = thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, || self.send(options, totals))?;
            let received = self.receive(sending.thread(), totals);
            if received.is_err() {
                // The sender may wait for room that never comes: neither its write nor it goes on.
                let _ = self.stream.shutdown(Shutdown::Both);
                sending.thread().unpark();
            }
            let sent = sending.join().expect("the sender never panics");
            received.and(sent)
        })
    }

    fn send(&self, options: &Options, totals: &Totals) -> io::Result<u64> {
        let deadline = Instant::now() + options.duration;
        let mut random = fastrand::Rng::with_seed(self.seed);
        let mut pattern = Pattern::new(self.seed);
        let mut chunk = vec![0; options.largest_chunk];
        while Instant::now() < deadline {
            let under_way = pattern.position() - self.checked.load(Relaxed);
            if under_way > self.manner.window() {
                thread::park_timeout(deadline.saturating_duration_since(Instant::now()));
                continue;
            }
            let size = random.usize(1..=options.largest_chunk);
            pattern.fill(&mut chunk[..size]);
            (&self.stream).write_all(&chunk[..size])?;
            totals.sent.fetch_add(size as u64, Relaxed);
        }
        self.stream.shutdown(Shutdown::Write)?;
        Ok(pattern.position())
    }

    fn receive(&self, sender: &Thread, totals: &Totals) -> io::Result<()> {
        let mut pattern = Pattern::new(self.seed);
        let mut buf = vec![0; READ_BUFFER];
        loop {
            let n = match (&self.stream).read(&mut buf) {
                Ok(0) => return Ok(()),
                Ok(n) => n,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            pattern.check(&buf[..n])?;
            self.checked.fetch_add(n as u64, Relaxed);
            totals.checked.fetch_add(n as u64, Relaxed);
            sender.unpark();
            if matches!(self.manner, Manner::Sluggish) {
                thread::sleep(PAUSE);
            }
        }
    }
}
