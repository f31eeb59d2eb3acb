//! A TCP echo server.
//!
//! ```text
//! cargo run --release -p costate-examples --bin echo -- 127.0.0.1:7777
//! ```
//!
//! Ctrl-C stops accepting, lets the open connections finish for a few seconds, and ends.

use costate::net::TcpListener;
use costate_examples::server::{self, Served};
use std::io::{self, ErrorKind};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

const DEFAULT_ADDRESS: &str = "127.0.0.1:7777";
const GRACE: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let address = arguments.next().unwrap_or_else(|| DEFAULT_ADDRESS.into());
    if address.starts_with('-') || arguments.next().is_some() {
        eprintln!(
            "usage: echo [ADDRESS]   (an address is HOST:PORT, by default {DEFAULT_ADDRESS})"
        );
        return ExitCode::from(2);
    }
    match costate::block_on(run(&address)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("echo: {error}");
            ExitCode::FAILURE
        }
    }
}

#[costate::coroutine]
fn run(address: &str) -> Result<(), String> {
    let bound = TcpListener::bind(address).await;
    let listener = bound.map_err(|error| explain(address, &error))?;
    let local = listener.local_addr().map_err(|error| error.to_string())?;
    // Before anyone knows that there is a server to interrupt.
    let ctrl_c = costate::signal::ctrl_c();
    println!(
        "echoing on {local}, process {}; Ctrl-C ends it",
        std::process::id()
    );

    let served = Arc::new(Served::default());
    let accepting = costate::spawn(server::serve(listener, Arc::clone(&served)));
    let interrupted = ctrl_c.await;
    interrupted.map_err(|error| format!("can't wait for Ctrl-C: {error}"))?;

    accepting.cancel_and_join().await;
    let open = served.open.load(Relaxed);
    if open > 0 {
        println!(
            "\nno longer accepting; {open} connections have {} s to finish",
            GRACE.as_secs()
        );
    }
    let idle = costate::time::timeout(GRACE, server::until_idle(&served)).await;
    if idle.is_err() {
        println!("cut off {} connections", served.open.load(Relaxed));
    }
    report(&served);
    Ok(())
}

fn report(served: &Served) {
    println!(
        "\nserved {} connections and {} bytes; {} broke off, {} could not be accepted",
        served.accepted.load(Relaxed),
        served.bytes.load(Relaxed),
        served.broken.load(Relaxed),
        served.refused.load(Relaxed),
    );
}

/// Says what to do about it, for the mistakes that people make.
fn explain(address: &str, error: &io::Error) -> String {
    let hint = match error.kind() {
        ErrorKind::AddrInUse => "another program listens there; choose another port, or 0 for any",
        ErrorKind::AddrNotAvailable => "this machine has no such address",
        ErrorKind::PermissionDenied => "ports below 1024 need privileges",
        ErrorKind::InvalidInput => "write it as HOST:PORT, for instance 127.0.0.1:7777",
        _ => return format!("can't listen on {address}: {error}"),
    };
    format!("can't listen on {address}: {hint} ({error})")
}
