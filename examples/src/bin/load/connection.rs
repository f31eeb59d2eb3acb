//! One connection: a thread that sends, and this one that checks what comes back.

use crate::options::Options;
use costate_examples::pattern::Pattern;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

/// Two threads a connection: their stacks are kept small.
pub const STACK: usize = 128 * 1024;
const READ_BUFFER: usize = 16 * 1024;
/// How long the last bytes may take once nothing more is sent.
const PATIENCE: Duration = Duration::from_secs(15);
/// A pause now and then, so that the server's sockets run dry too.
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

pub fn run(number: u64, options: &Options, totals: &Totals) -> Ending {
    let seed = options.seed.wrapping_mul(1_000_003).wrapping_add(number);
    let mut checked = 0;
    match exchange(seed, options, totals, &mut checked) {
        Ok(sent) if sent == checked => Ending::Whole,
        _ if checked == 0 => Ending::Shed,
        Ok(sent) => Ending::Failed(format!("sent {sent} bytes, got back {checked}")),
        Err(error) => Ending::Failed(format!("after {checked} bytes: {error}")),
    }
}

/// Sends and checks until the time is over. Says how much was sent; `checked` counts what came back.
fn exchange(seed: u64, options: &Options, totals: &Totals, checked: &mut u64) -> io::Result<u64> {
    let stream = TcpStream::connect(options.address)?;
    let patience = options.duration + PATIENCE;
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    totals.open.fetch_add(1, Relaxed);
    let result = thread::scope(|scope| {
        let sending = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || send(&stream, seed, options, totals))?;
        let received = receive(&stream, seed, totals, checked);
        if received.is_err() {
            // Wakes the sender, which may wait for room that never comes.
            let _ = stream.shutdown(Shutdown::Both);
        }
        let sent = sending.join().expect("the sender never panics");
        received.and(sent)
    });
    totals.open.fetch_sub(1, Relaxed);
    result
}

fn send(mut stream: &TcpStream, seed: u64, options: &Options, totals: &Totals) -> io::Result<u64> {
    let deadline = Instant::now() + options.duration;
    let mut random = fastrand::Rng::with_seed(seed);
    let mut pattern = Pattern::new(seed);
    let mut chunk = vec![0; options.largest_chunk];
    while Instant::now() < deadline {
        let size = random.usize(1..=options.largest_chunk);
        pattern.fill(&mut chunk[..size]);
        stream.write_all(&chunk[..size])?;
        totals.sent.fetch_add(size as u64, Relaxed);
        if random.u8(..) < 16 {
            thread::sleep(PAUSE);
        }
    }
    stream.shutdown(Shutdown::Write)?;
    Ok(pattern.position())
}

fn receive(
    mut stream: &TcpStream,
    seed: u64,
    totals: &Totals,
    checked: &mut u64,
) -> io::Result<()> {
    let mut pattern = Pattern::new(seed);
    let mut buf = vec![0; READ_BUFFER];
    loop {
        let n = match stream.read(&mut buf) {
            Ok(0) => return Ok(()),
            Ok(n) => n,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        pattern.check(&buf[..n])?;
        *checked += n as u64;
        totals.checked.fetch_add(n as u64, Relaxed);
    }
}
