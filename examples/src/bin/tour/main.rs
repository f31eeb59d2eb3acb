//! costate in ten seconds: a server, a crowd of checking clients, states by name, a cancellation.
//!
//! ```text
//! cargo run --release -p costate-examples --bin tour
//! ```
//!
//! Ends with failure if anything that it claims was not so.

mod crowd;
mod upload;

use costate::net::TcpListener;
use costate_examples::process::{self, Process, or_unknown, with_commas};
use costate_examples::server::{self, Served};
use crowd::Crowd;
use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

const CLIENTS: usize = 1_000;
/// Descriptors beside the two that each client needs: reactor, listener, standard streams.
const OTHER_DESCRIPTORS: u64 = 32;
/// A step that takes longer has gone wrong.
const LIMIT: Duration = Duration::from_secs(20);

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> ExitCode {
    let begun = Instant::now();
    match costate::block_on(tour()) {
        Ok(()) => {
            println!("\nall of it in {:.1} s", begun.elapsed().as_secs_f64());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("\ntour: {error}");
            ExitCode::FAILURE
        }
    }
}

#[costate::coroutine]
fn tour() -> Outcome<()> {
    let clients = affordable_clients();
    let descriptors = Process::Own.descriptors();

    println!("1. A server on a free port of the loopback interface");
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let served = Arc::new(Served::default());
    let server = costate::spawn(server::serve(listener, Arc::clone(&served)));
    println!("   {address}, a coroutine for each connection");

    println!(
        "\n2. {} clients at once, which check every byte",
        with_commas(clients as u64)
    );
    let crowd = crowd_of(clients, address).await?;
    wait_for_idle(&served).await?;

    println!("\n3. A task that is dropped in mid-transfer");
    let cancelled = upload::dropped_in_the_middle(address, &served).await?;
    wait_for_idle(&served).await?;
    cancelled.print_ending();

    println!("\n4. Where that task stood whenever it was suspended");
    cancelled.print_states();

    server.cancel_and_join().await;
    summary(&crowd, &served, descriptors)
}

/// As many clients as there are descriptors for: one at each end.
fn affordable_clients() -> usize {
    let Some(limit) = process::raise_descriptor_limit() else {
        return CLIENTS;
    };
    let affordable = (limit.saturating_sub(OTHER_DESCRIPTORS) / 2) as usize;
    if affordable < CLIENTS {
        println!("(only {limit} descriptors allowed here, so fewer clients than {CLIENTS})\n");
    }
    affordable.min(CLIENTS)
}

#[costate::coroutine]
fn crowd_of(clients: usize, address: SocketAddr) -> Outcome<crowd::Measured> {
    let crowd = Arc::new(Crowd::new(clients, address));
    let progress = costate::spawn(crowd::show_progress(Arc::clone(&crowd)));
    let result = costate::time::timeout(LIMIT, crowd::run(crowd)).await;
    progress.cancel_and_join().await;
    let measured = result.map_err(|_| format!("the clients needed more than {LIMIT:?}"))??;
    measured.print();
    Ok(measured)
}

#[costate::coroutine]
fn wait_for_idle(served: &Served) -> Outcome<()> {
    let idle = costate::time::timeout(LIMIT, server::until_idle(served)).await;
    idle.map_err(|_| "the server holds on to connections whose clients are gone")?;
    Ok(())
}

/// # Errors
///
/// When more descriptors are open than before.
fn summary(crowd: &crowd::Measured, served: &Served, before: Option<usize>) -> Outcome<()> {
    let after = Process::Own.descriptors();
    let machine = served.machine.load(Relaxed);
    let count = |count: Option<usize>| or_unknown(count.map(|count| count as u64));
    let rows = [
        ("connections at once", with_commas(crowd.clients as u64), ""),
        ("bytes echoed and checked", with_commas(crowd.bytes), ""),
        ("round trips", with_commas(crowd.round_trips), ""),
        (
            "round trips a second",
            with_commas(crowd.round_trips_a_second()),
            "",
        ),
        (
            "machine of a connection",
            with_commas(machine as u64),
            " bytes",
        ),
        (
            "resident memory, all open",
            or_unknown(crowd.resident_kib),
            " KiB",
        ),
        ("descriptors before", count(before), ""),
        ("descriptors, all open", count(crowd.descriptors), ""),
        ("descriptors after", count(after), ""),
    ];
    println!("\nMeasured");
    for (what, value, unit) in rows {
        println!("   {what:<26}{value:>15}{unit}");
    }
    match (before, after) {
        (Some(before), Some(after)) if after > before => {
            Err(format!("{} descriptors were not given back", after - before).into())
        }
        _ => Ok(()),
    }
}
