//! A load for an echo server that knows nothing of costate: threads and `std::net` only.
//!
//! ```text
//! cargo run --release -p costate-examples --bin load -- 127.0.0.1:7777 --seconds 30 --pid 4711
//! ```
//!
//! Opens all connections at once. On each, one thread sends chunks of random sizes and another
//! checks every byte that comes back; at the end the sending half is closed and the count compared.
//! With `--pid`, the server's resident memory and descriptors are read from `/proc` as it runs.

mod connection;
mod options;
mod report;

use connection::{Ending, Totals};
use costate_examples::process::{self, Process};
use options::Options;
use report::{Row, Table};
use std::process::ExitCode;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

const SAMPLE: Duration = Duration::from_secs(1);
/// How long the server has to notice that all clients are gone.
const SETTLE: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let options = match Options::parse(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("load: {error}\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    process::raise_descriptor_limit();
    let server = options.pid.map(Process::Other);
    let before = server.and_then(Process::descriptors);
    let totals = Arc::new(Totals::default());
    let (endings, table) = drive(&options, server, &totals);
    let after = server.and_then(|server| settled_descriptors(server, before));
    report::verdict(&options, &endings, &table, (before, after))
}

/// Runs all connections and prints a row a second meanwhile.
fn drive(options: &Options, server: Option<Process>, totals: &Arc<Totals>) -> (Vec<Ending>, Table) {
    let all_connected = Arc::new(Barrier::new(options.connections + 1));
    let threads: Vec<_> = (0..options.connections)
        .map(|number| {
            let (options, totals) = (options.clone(), Arc::clone(totals));
            let all_connected = Arc::clone(&all_connected);
            thread::Builder::new()
                .stack_size(connection::STACK)
                .spawn(move || connection::run(number as u64, &options, &totals, &all_connected))
                .expect("a thread can be started for each connection")
        })
        .collect();
    all_connected.wait();
    let begun = Instant::now();
    let mut table = Table::new();
    while threads.iter().any(|thread| !thread.is_finished()) {
        thread::sleep(SAMPLE);
        table.add(Row::sample(begun, server, totals));
    }
    let ended = |thread: thread::JoinHandle<Ending>| thread.join().expect("a client never panics");
    (threads.into_iter().map(ended).collect(), table)
}

/// The server's descriptors once they are back to `before`, or whatever they are after a while.
fn settled_descriptors(server: Process, before: Option<usize>) -> Option<usize> {
    let deadline = Instant::now() + SETTLE;
    while server.descriptors() > before && Instant::now() < deadline {
        thread::sleep(Duration::from_millis(50));
    }
    server.descriptors()
}
