//! Do steady connections get their turn while others come and go, or don't read what is sent to them?
//!
//! Ten connections, whose round trips are timed one by one, beside what is meant to starve them. All ends are tasks of the runtime
//! that is measured.

use crate::peers::Peer;
use crate::report::{Report, Row};
use crate::rows::serve;
use crate::{Costate, Effort, Runtimes, Smol, Tokio, named};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const STEADY: usize = 10;
/// Clients that connect, ask once and leave, again and again.
const STORM: usize = 32;
/// Clients to whom the server writes without end, and who read a little now and then.
const SLOW: usize = 32;
/// What they read at a time, and how long they wait before that.
const CHUNK: usize = 16 * 1024;
const NAP: Duration = Duration::from_millis(5);

/// What came of one run.
struct Loaded {
    /// Of the steady connections, sorted.
    trips: Vec<Duration>,
    /// How many others connected, asked and left.
    visits: usize,
    time: Duration,
}

impl Loaded {
    /// So many of a hundred were not slower, in microseconds.
    fn percentile(&self, of_a_hundred: usize) -> f64 {
        let at = (self.trips.len() - 1) * of_a_hundred / 100;
        self.trips[at].as_secs_f64() * 1e6
    }
}

async fn storm<P: Peer>(n: usize) -> Loaded {
    let [over, closed] = [(); 2].map(|()| Arc::new(AtomicBool::new(false)));
    let (listener, address) = P::listen().await;
    let server = P::spawn(accepts::<P>(listener, Arc::clone(&closed)));
    let steady = connect::<P>(address, STEADY).await;
    let begun = Instant::now();
    let storm: Vec<_> = (0..STORM)
        .map(|_| P::spawn(visits::<P>(address, Arc::clone(&over))))
        .collect();
    let trips = all_trips::<P>(steady, n).await;
    over.store(true, Ordering::Relaxed);
    let mut visits = 0;
    for client in storm {
        visits += client.await;
    }
    let time = begun.elapsed();
    // The server looks at it when it has accepted another.
    closed.store(true, Ordering::Relaxed);
    drop(P::connect(address).await);
    server.await;
    Loaded {
        trips,
        visits,
        time,
    }
}

async fn accepts<P: Peer>(listener: P::Listener, closed: Arc<AtomicBool>) {
    while !closed.load(Ordering::Relaxed) {
        P::detach(serve::<P>(P::accept(&listener).await));
    }
}

/// Returns how often.
async fn visits<P: Peer>(address: SocketAddr, over: Arc<AtomicBool>) -> usize {
    let mut buf = [7; 64];
    let mut visits = 0;
    while !over.load(Ordering::Relaxed) {
        let mut stream = P::connect(address).await;
        assert!(P::write(&mut stream, &buf).await && P::read(&mut stream, &mut buf).await);
        visits += 1;
    }
    visits
}

async fn slow<P: Peer>(n: usize) -> Loaded {
    let over = Arc::new(AtomicBool::new(false));
    let (listener, address) = P::listen().await;
    let (flooding, flooded) = P::listen().await;
    let server = P::spawn(async move {
        for _ in 0..STEADY {
            P::detach(serve::<P>(P::accept(&listener).await));
        }
        for _ in 0..SLOW {
            P::detach(floods::<P>(P::accept(&flooding).await));
        }
    });
    let steady = connect::<P>(address, STEADY).await;
    let readers: Vec<_> = connect::<P>(flooded, SLOW)
        .await
        .into_iter()
        .map(|stream| P::spawn(reads_slowly::<P>(stream, Arc::clone(&over))))
        .collect();
    server.await;
    let begun = Instant::now();
    let trips = all_trips::<P>(steady, n).await;
    let time = begun.elapsed();
    over.store(true, Ordering::Relaxed);
    for reader in readers {
        reader.await;
    }
    Loaded {
        trips,
        visits: 0,
        time,
    }
}

/// Writes until nobody reads any more.
async fn floods<P: Peer>(mut stream: P::Stream) {
    while P::write(&mut stream, &[7; CHUNK]).await {}
}

async fn reads_slowly<P: Peer>(mut stream: P::Stream, over: Arc<AtomicBool>) {
    let mut buf = vec![0; CHUNK];
    while !over.load(Ordering::Relaxed) {
        P::sleep(NAP).await;
        assert!(P::read(&mut stream, &mut buf).await);
    }
}

async fn connect<P: Peer>(address: SocketAddr, n: usize) -> Vec<P::Stream> {
    let mut streams = Vec::with_capacity(n);
    for _ in 0..n {
        streams.push(P::connect(address).await);
    }
    streams
}

/// `n` on each of the connections, all at the same time.
async fn all_trips<P: Peer>(streams: Vec<P::Stream>, n: usize) -> Vec<Duration> {
    let trips = |stream| P::spawn(trips::<P>(stream, n));
    let tasks: Vec<_> = streams.into_iter().map(trips).collect();
    let mut all = Vec::with_capacity(STEADY * n);
    for task in tasks {
        all.extend(task.await);
    }
    all.sort();
    all
}

async fn trips<P: Peer>(mut stream: P::Stream, n: usize) -> Vec<Duration> {
    let mut buf = [7; 64];
    let mut times = Vec::with_capacity(n);
    for _ in 0..n {
        let begun = Instant::now();
        assert!(P::write(&mut stream, &buf).await && P::read(&mut stream, &mut buf).await);
        times.push(begun.elapsed());
    }
    times
}

/// A load, and what it does to each of the runtimes.
struct Load {
    table: &'static str,
    /// Round trips of each steady connection.
    n: usize,
    runs: [fn(&Runtimes, usize) -> Loaded; 3],
}

macro_rules! load {
    ($table:literal, $n:literal, $body:ident) => {
        Load {
            table: $table,
            n: $n,
            runs: [
                |runtimes, n| Costate::run(&runtimes.costate, $body::<Costate>(n)),
                |runtimes, n| Tokio::run(&runtimes.tokio, $body::<Tokio>(n)),
                |runtimes, n| Smol::run(&runtimes.smol, $body::<Smol>(n)),
            ],
        }
    };
}

const LOADS: [Load; 2] = [load!("storm", 100, storm), load!("slow", 400, slow)];

pub fn tables(
    wanted: impl Fn(&str) -> bool,
    both: &[Runtimes],
    effort: Effort,
    report: &mut Report,
) {
    for load in LOADS.iter().filter(|load| wanted(load.table)) {
        report.title(load.table);
        for runtimes in both {
            measure(load, runtimes, effort, report);
        }
    }
}

fn measure(load: &Load, runtimes: &Runtimes, effort: Effort, report: &mut Report) {
    let n = (load.n / effort.part).max(10);
    let mut found = [(); 3].map(|()| Vec::new());
    for sample in 0..effort.samples.min(5 * effort.long_samples) {
        for turn in 0..3 {
            let peer = (sample + turn) % 3;
            found[peer].push(load.runs[peer](runtimes, n));
        }
    }
    let mut row = |what: &str, value: &dyn Fn(&Loaded) -> f64| {
        let values = found
            .each_ref()
            .map(|runs| runs.iter().map(value).collect());
        let name = named(&format!("{}, {what}", load.table), runtimes);
        report.add(Row::new(load.table, name, "us", values));
    };
    row("round trip, median", &|run| run.percentile(50));
    row("round trip, 99%", &|run| run.percentile(99));
    row("round trip, longest", &|run| run.percentile(100));
    if found[0].iter().any(|run| run.visits > 0) {
        row("each visit of the storm", &|run| {
            run.time.as_secs_f64() * 1e6 / run.visits as f64
        });
    }
}
