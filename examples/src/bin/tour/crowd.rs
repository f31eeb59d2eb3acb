//! Many clients at once, each sending data of its own and checking what comes back.

use crate::Outcome;
use async_lock::{Barrier, Semaphore};
use costate::net::TcpStream;
use costate_examples::pattern::Pattern;
use costate_examples::process::{Process, with_commas};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// What each client sends in all.
const EACH: u64 = 64 * 1024;
const LARGEST_CHUNK: usize = 8 * 1024;
/// How many may be connecting at a time: a listener's backlog is short, and what overflows it is
/// tried again by TCP only after a second.
const CONNECTING: usize = 64;
const PROGRESS: Duration = Duration::from_millis(100);

/// What the clients share.
#[derive(Debug)]
pub struct Crowd {
    clients: usize,
    address: SocketAddr,
    connecting: Semaphore,
    all_connected: Barrier,
    connected: AtomicUsize,
    finished: AtomicUsize,
    bytes: AtomicU64,
    round_trips: AtomicU64,
}

impl Crowd {
    pub fn new(clients: usize, address: SocketAddr) -> Self {
        Crowd {
            clients,
            address,
            connecting: Semaphore::new(CONNECTING),
            all_connected: Barrier::new(clients + 1),
            connected: AtomicUsize::new(0),
            finished: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            round_trips: AtomicU64::new(0),
        }
    }

    fn progress(&self, since: Instant) -> String {
        format!(
            "   {:>4.1} s  {:>5} connected  {:>11} bytes checked  {:>5} done",
            since.elapsed().as_secs_f64(),
            with_commas(self.connected.load(Relaxed) as u64),
            with_commas(self.bytes.load(Relaxed)),
            with_commas(self.finished.load(Relaxed) as u64),
        )
    }
}

/// What was measured of a crowd.
#[derive(Debug)]
pub struct Measured {
    pub clients: usize,
    pub bytes: u64,
    pub round_trips: u64,
    /// While all were connected.
    pub resident_kib: Option<u64>,
    pub descriptors: Option<usize>,
    connecting: Duration,
    talking: Duration,
}

impl Measured {
    pub fn round_trips_a_second(&self) -> u64 {
        (self.round_trips as f64 / self.talking.as_secs_f64()) as u64
    }

    pub fn print(&self) {
        println!(
            "   all connected after {:.2} s, all right after another {:.2} s",
            self.connecting.as_secs_f64(),
            self.talking.as_secs_f64(),
        );
    }
}

/// Prints a line now and then, until it is cancelled.
#[costate::coroutine]
pub fn show_progress(crowd: Arc<Crowd>) {
    let begun = Instant::now();
    loop {
        costate::time::sleep(PROGRESS).await;
        println!("{}", crowd.progress(begun));
    }
}

/// Runs all clients to their ends.
///
/// # Errors
///
/// The first client's that failed; the others are cancelled then.
#[costate::coroutine]
pub fn run(crowd: Arc<Crowd>) -> Outcome<Measured> {
    let begun = Instant::now();
    let mut tasks = Vec::with_capacity(crowd.clients);
    for number in 0..crowd.clients {
        tasks.push(costate::spawn(client(number as u64, Arc::clone(&crowd))));
    }

    crowd.all_connected.wait().await;
    let connecting = begun.elapsed();
    let resident_kib = Process::Own.resident_kib();
    let descriptors = Process::Own.descriptors();

    let mut bytes = 0;
    for task in tasks {
        let sent = task.await;
        bytes += sent?;
    }
    Ok(Measured {
        clients: crowd.clients,
        bytes,
        round_trips: crowd.round_trips.load(Relaxed),
        resident_kib,
        descriptors,
        connecting,
        talking: begun.elapsed() - connecting,
    })
}

/// Sends [`EACH`] bytes in chunks of random sizes, checks each that comes back, says how many.
#[costate::coroutine]
fn client(number: u64, crowd: Arc<Crowd>) -> io::Result<u64> {
    let turn = crowd.connecting.acquire().await;
    let mut stream = TcpStream::connect(crowd.address).await?;
    stream.set_nodelay(true)?;
    drop(turn);
    crowd.connected.fetch_add(1, Relaxed);
    crowd.all_connected.wait().await;

    let mut sizes = fastrand::Rng::with_seed(number);
    let (mut sent, mut expected) = (Pattern::new(number), Pattern::new(number));
    let mut chunk = vec![0; LARGEST_CHUNK];
    while sent.position() < EACH {
        let left = (EACH - sent.position()) as usize;
        let size = sizes.usize(1..=LARGEST_CHUNK).min(left);
        sent.fill(&mut chunk[..size]);
        stream.write_all(&chunk[..size]).await?;
        chunk.fill(0);
        stream.read_exact(&mut chunk[..size]).await?;
        expected.check(&chunk[..size])?;
        crowd.bytes.fetch_add(size as u64, Relaxed);
        crowd.round_trips.fetch_add(1, Relaxed);
    }
    crowd.finished.fetch_add(1, Relaxed);
    Ok(expected.position())
}
