//! Is costate's runtime as fast as what people use?
//!
//! ```text
//! cargo bench -p costate-benches --bench runtime
//! ```
//!
//! runs the same bodies on costate, tokio and smol, in turn, and prints medians, how they spread, and the ratio of costate to
//! the better one of the others; with one worker and with two. What follows `--` chooses:
//!
//! - `--quick` takes a minute, `--full` a quarter of an hour;
//! - `--json FILE` writes the same as JSON lines: `{"table":..,"name":..,"unit":..,"costate":..,"tokio":..,"smol":..,"ratio":..}`;
//! - `--table NAME` prints that table alone: `tasks`, `channels`, `network`, `timers`, `lateness`, `storm`, `slow`,
//!   `memory`, `system calls`.
//!
//! System calls are counted by `strace`, and left out where there is none. Nothing here fails because of a number.

mod children;
mod load;
mod peers;
mod report;
mod rows;

use peers::{Costate, Peer, Smol, Tokio};
use report::{Report, Row};
use std::process::ExitCode;
use std::time::Duration;

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Effort {
    /// Runs on each runtime.
    pub samples: usize,
    /// What takes seconds is run so often.
    pub long_samples: usize,
    /// Operations are divided by this.
    pub part: usize,
    /// Other programs are started.
    pub others: bool,
}

const QUICK: Effort = Effort {
    samples: 9,
    long_samples: 1,
    part: 1,
    others: true,
};
const USUAL: Effort = Effort {
    samples: 41,
    long_samples: 3,
    ..QUICK
};
const FULL: Effort = Effort {
    samples: 201,
    long_samples: 11,
    ..QUICK
};
/// Does it run at all?
const TEST: Effort = Effort {
    samples: 1,
    long_samples: 1,
    part: 100,
    others: false,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let ["--only", what, peer, number] = arguments[..] {
        return children::only(what, peer, number);
    }
    let after = |option| {
        let at = arguments.iter().position(|argument| *argument == option)?;
        arguments.get(at + 1).copied()
    };
    // `cargo bench` adds `--bench`; `cargo test --benches` doesn't.
    let effort = match (
        arguments.contains(&"--bench"),
        arguments.contains(&"--full"),
    ) {
        (false, _) => TEST,
        (true, true) => FULL,
        (true, false) if arguments.contains(&"--quick") => QUICK,
        (true, false) => USUAL,
    };
    let report = tables(after("--table"), effort);
    match after("--json").map(|file| report.write(file)) {
        Some(Err(error)) => {
            eprintln!("the JSON lines can't be written: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// One of each, made for the same number of workers.
struct Runtimes {
    workers: usize,
    costate: <Costate as Peer>::Runtime,
    tokio: <Tokio as Peer>::Runtime,
    smol: <Smol as Peer>::Runtime,
}

impl Runtimes {
    fn new(workers: usize) -> Self {
        Runtimes {
            workers,
            costate: Costate::runtime(workers),
            tokio: Tokio::runtime(workers),
            smol: Smol::runtime(workers),
        }
    }
}

/// Something that is timed.
struct Timed {
    table: &'static str,
    name: &'static str,
    /// Operations in a run.
    n: usize,
    runs: [fn(&Runtimes, usize) -> Duration; 3],
}

/// A row: its body, once for each runtime.
macro_rules! timed {
    ($table:literal, $name:literal, $n:literal, $body:ident $(, $number:literal)?) => {
        Timed {
            table: $table,
            name: $name,
            n: $n,
            runs: [
                |runtimes, n| Costate::run(&runtimes.costate, rows::$body::<Costate $(, $number)?>(n)),
                |runtimes, n| Tokio::run(&runtimes.tokio, rows::$body::<Tokio $(, $number)?>(n)),
                |runtimes, n| Smol::run(&runtimes.smol, rows::$body::<Smol $(, $number)?>(n)),
            ],
        }
    };
}

const TIMED: &[Timed] = &[
    timed!("tasks", "spawn a batch and join", 2_000, spawn_batch),
    timed!("tasks", "spawn and await one", 2_000, spawn_one),
    timed!("tasks", "yield, 100 tasks", 20_000, yields),
    timed!(
        "tasks",
        "fan out and in, 100,000 tasks",
        100_000,
        spawn_batch
    ),
    timed!("channels", "ping-pong, channel of 1", 2_000, ping_pong),
    timed!("channels", "mpsc, 1 sender", 10_000, messages, 1),
    timed!("channels", "mpsc, 8 senders", 10_000, messages, 8),
    timed!("channels", "Mutex, 8 tasks", 8_000, mutex),
    timed!("network", "echo, 1 connection", 500, echo, 1),
    timed!("network", "echo, 50 connections", 1_000, echo, 50),
    timed!("network", "UDP ping-pong", 500, udp),
    timed!("timers", "timer insert and cancel", 5_000, timers),
];

fn tables(only: Option<&str>, effort: Effort) -> Report {
    let mut report = Report::default();
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    let both = [Runtimes::new(1), Runtimes::new(2)];
    for table in ["tasks", "channels", "network", "timers"] {
        if wanted(table) {
            report.title(table);
            for timed in TIMED.iter().filter(|timed| timed.table == table) {
                for runtimes in &both {
                    report.add(time(timed, runtimes, effort));
                }
            }
        }
    }
    if wanted("lateness") {
        report.title("lateness");
        both.iter()
            .for_each(|runtimes| lateness(runtimes, effort, &mut report));
    }
    load::tables(wanted, &both, effort, &mut report);
    if wanted("memory") && effort.others {
        children::memory(effort, &mut report);
    }
    if wanted("system calls") && effort.others {
        children::system_calls(&mut report);
    }
    report
}

fn time(timed: &Timed, runtimes: &Runtimes, effort: Effort) -> Row {
    let n = (timed.n / effort.part).max(100);
    let samples = match timed.n {
        100_000 => effort.samples.min(5 * effort.long_samples),
        _ => effort.samples,
    };
    // Once each unmeasured.
    for run in timed.runs {
        run(runtimes, n);
    }
    let mut times = [(); 3].map(|()| Vec::with_capacity(samples));
    for sample in 0..samples {
        for turn in 0..3 {
            let peer = (sample + turn) % 3;
            let time = timed.runs[peer](runtimes, n);
            times[peer].push(time.as_secs_f64() * 1e9 / n as f64);
        }
    }
    Row::new(timed.table, named(timed.name, runtimes), "ns", times)
}

fn named(name: &str, runtimes: &Runtimes) -> String {
    format!("{name}, {}w", runtimes.workers)
}

fn lateness(runtimes: &Runtimes, effort: Effort, report: &mut Report) {
    let n = 100_000 / effort.part;
    let mut late = [(); 2].map(|()| [(); 3].map(|()| Vec::new()));
    for _ in 0..effort.long_samples {
        let found = [
            Costate::run(&runtimes.costate, rows::lateness::<Costate>(n)),
            Tokio::run(&runtimes.tokio, rows::lateness::<Tokio>(n)),
            Smol::run(&runtimes.smol, rows::lateness::<Smol>(n)),
        ];
        for (peer, found) in found.into_iter().enumerate() {
            for (which, time) in found.into_iter().enumerate() {
                late[which][peer].push(time.as_secs_f64() * 1e6);
            }
        }
    }
    for (name, late) in ["100,000 sleeps, median", "100,000 sleeps, 99%"]
        .into_iter()
        .zip(late)
    {
        report.add(Row::new("lateness", named(name, runtimes), "us late", late));
    }
}
