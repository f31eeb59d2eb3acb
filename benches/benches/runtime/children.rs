//! What is measured of a process of its own: this program again, with one runtime.

use crate::peers::{Costate, Peer, Smol, Tokio};
use crate::report::{PEERS, Report, Row};
use crate::{Effort, rows};
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::Duration;
use std::{env, fs, io};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Connections of the server whose memory is measured, if so many descriptors may be open.
const CONNECTIONS: usize = 10_000;

/// What such a process does.
pub fn only(what: &str, peer: &str, number: &str) -> ExitCode {
    let Ok(n) = number.parse() else {
        eprintln!("{number} is no number");
        return ExitCode::FAILURE;
    };
    match peer {
        "tokio" => child::<Tokio>(what, n),
        "smol" => child::<Smol>(what, n),
        _ => child::<Costate>(what, n),
    }
    ExitCode::SUCCESS
}

fn child<P: Peer>(what: &str, n: usize) {
    let runtime = P::runtime(1);
    match what {
        "idle" => P::run(&runtime, idle::<P>(n)),
        _ => drop(P::run(&runtime, rows::echo::<P, 1>(n))),
    }
}

/// A server that says where it is, and then what memory each of `n` idle connections takes.
async fn idle<P: Peer>(n: usize) {
    let (listener, address) = P::listen().await;
    println!("{address}");
    // The first makes what there is once.
    P::detach(rows::serve::<P>(P::accept(&listener).await));
    P::sleep(Duration::from_millis(50)).await;
    let before = resident();
    for _ in 0..n {
        P::detach(rows::serve::<P>(P::accept(&listener).await));
    }
    P::sleep(Duration::from_millis(200)).await;
    println!("{}", resident().saturating_sub(before) as f64 / n as f64);
}

/// This process's resident memory, in bytes.
fn resident() -> usize {
    let text = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = text.split(' ').nth(1).and_then(|pages| pages.parse().ok());
    pages.unwrap_or(0) * 4096
}

pub fn memory(effort: Effort, report: &mut Report) {
    if !cfg!(target_os = "linux") {
        println!("\nmemory is measured on Linux only");
        return;
    }
    let connections = CONNECTIONS.min(descriptors().saturating_sub(100));
    report.title("memory");
    let mut bytes = [(); 3].map(|()| Vec::new());
    for _ in 0..effort.long_samples {
        for (peer, bytes) in PEERS.into_iter().zip(&mut bytes) {
            match bytes_a_connection(peer, connections) {
                Ok(found) => bytes.push(found),
                Err(error) => println!("{peer} was not measured: {error}"),
            }
        }
    }
    let name = format!("{connections} idle connections, each");
    report.add(Row::new("memory", name, "bytes", bytes));
}

/// How many descriptors this process may open.
fn descriptors() -> usize {
    let text = fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().nth(3));
    soft.and_then(|soft| soft.parse().ok()).unwrap_or(1024)
}

/// A child that is ended in any case.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn bytes_a_connection(peer: &str, connections: usize) -> Result<f64> {
    let mut command = Command::new(env::current_exe()?);
    command.args(["--only", "idle", peer, &connections.to_string()]);
    let mut child = Ends(command.stdout(Stdio::piped()).spawn()?);
    let output = child.0.stdout.take().ok_or("it has no output")?;
    let mut lines = BufReader::new(output).lines();
    let mut line = || {
        lines
            .next()
            .ok_or("it has ended")?
            .map_err(Box::<dyn Error>::from)
    };
    let address: SocketAddr = line()?.parse()?;
    let connect = |_| TcpStream::connect(address);
    let streams: io::Result<Vec<_>> = (0..=connections).map(connect).collect();
    let bytes = line()?.parse()?;
    drop(streams?);
    Ok(bytes)
}

pub fn system_calls(report: &mut Report) {
    let counted = PEERS.map(calls_a_trip);
    if let Some(Err(error)) = counted.iter().find(|counted| counted.is_err()) {
        println!("\nsystem calls are left out: strace says: {error}");
        return;
    }
    report.title("system calls");
    let values = counted.map(|counted| counted.into_iter().collect());
    report.add(Row::new(
        "system calls",
        "an echo round trip, both ends",
        "calls",
        values,
    ));
}

/// The start is in both counts, and what is left is so many round trips.
fn calls_a_trip(peer: &str) -> Result<f64> {
    let (some, more) = (500, 2500);
    let calls = calls(peer, more)? - calls(peer, some)?;
    Ok(calls / f64::from(more - some))
}

fn calls(peer: &str, trips: u32) -> Result<f64> {
    let mut command = Command::new("strace");
    command.args(["-f", "-c"]).arg(env::current_exe()?);
    command.args(["--only", "echo", peer, &trips.to_string()]);
    let output = command.output()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let total = text.lines().find(|line| line.trim_end().ends_with("total"));
    let calls = total.and_then(|line| line.split_whitespace().nth(3));
    Ok(calls.ok_or_else(|| text.to_string())?.parse()?)
}
