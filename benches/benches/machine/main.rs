//! Is a machine as small and as fast as the `async fn` of the same body, and what does it take to compile it?
//!
//! ```text
//! cargo bench -p costate-benches --bench machine
//! ```
//!
//! prints tables of sizes, instructions, times, drops and compile times, each with the ratio of costate to its peer, measured
//! in turn in the same run. What follows `--` chooses:
//!
//! - `--json FILE` writes the same as JSON lines: `{"table":..,"name":..,"unit":..,"ours":..,"theirs":..,"ratio":..}`;
//! - `--compare OLD NEW` prints what differs between two such files, and measures nothing;
//! - `--full` takes more pairs, and the whole curves of compile time: a quarter of an hour;
//! - `--table NAME` prints that table alone: `bytes`, `corpus`, `instructions`, `time`, `drop`, `compile`.
//!
//! Instructions are counted by valgrind's callgrind, which is left out where there is none. Nothing here fails because
//! of a number.

mod bodies;
mod by_hand;
mod compile;
mod counted;
mod dropped;
mod report;
mod source;

use bodies::{Body, Side};
use costate_benches::Peers;
use costate_benches::corpus::{self, Sizes};
use report::{Report, Row};
use std::process::ExitCode;

/// How much is measured.
#[derive(Clone, Copy)]
pub struct Effort {
    /// Pairs of runs.
    pub pairs: usize,
    /// Runs of a body in one timed half of a pair.
    pub times: usize,
    /// The whole curves of compile time, and more runs.
    pub full: bool,
    /// Other programs are started: valgrind, cargo.
    pub others: bool,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["--only", side, name, times] => return counted::only(side, name, times),
        ["--compare", old, new] | ["--compare", old, new, "--bench"] => {
            return report::compare(old, new);
        }
        _ => {}
    }
    let after = |option| {
        let at = arguments.iter().position(|argument| *argument == option)?;
        arguments.get(at + 1).copied()
    };
    let full = arguments.contains(&"--full");
    // `cargo bench` adds `--bench`; `cargo test --benches` doesn't, and then one pair is enough.
    let effort = match arguments.contains(&"--bench") {
        true => Effort {
            pairs: if full { 101 } else { 41 },
            times: 2_000,
            full,
            others: true,
        },
        false => Effort {
            pairs: 1,
            times: 1,
            full: false,
            others: false,
        },
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

fn tables(only: Option<&str>, effort: Effort) -> Report {
    let bodies = bodies::all();
    let mut report = Report::default();
    let wanted = |name: &str| only.is_none_or(|only| only == name);
    if wanted("bytes") {
        report.table("bytes", bodies.iter().map(bytes));
    }
    if wanted("corpus") {
        let all = corpus::all();
        report.table("corpus", all.iter().map(corpus_row));
        report.add(Row {
            ratio: corpus::mean(&all),
            ..Row::new("corpus", "geometric mean", "", f64::NAN, f64::NAN)
        });
    }
    if wanted("instructions") && effort.others {
        counted::table(&bodies, &mut report);
    }
    if wanted("time") {
        report.table("time", bodies.iter().map(|body| time(body, effort)));
    }
    if wanted("drop") {
        dropped::tables(effort, &mut report);
    }
    if wanted("compile") && effort.others {
        compile::tables(effort, &mut report);
    }
    report
}

fn bytes(body: &Body) -> Row {
    let (ours, theirs) = body.size;
    Row::new("bytes", body.name, "bytes", ours as f64, theirs as f64)
}

/// The functions of many shapes: their sizes only.
fn corpus_row(sizes: &Sizes) -> Row {
    let (ours, theirs) = (sizes.ours as f64, sizes.theirs as f64);
    Row::new("corpus", sizes.name, "bytes", ours, theirs)
}

fn time(body: &Body, effort: Effort) -> Row {
    let Effort { pairs, times, .. } = effort;
    let polls = (body.ours)() * times;
    assert_eq!(
        (body.ours)(),
        (body.theirs)(),
        "`{}` suspends as often both ways",
        body.name
    );
    let compared = Peers {
        ours: &mut || repeat(body.ours, times),
        theirs: &mut || repeat(body.theirs, times),
    }
    .compare(pairs);
    let ns = |time: std::time::Duration| time.as_secs_f64() * 1e9 / polls as f64;
    Row {
        ratio: compared.ratio,
        spread: Some(compared.spread),
        ..Row::new(
            "time",
            body.name,
            "ns a poll",
            ns(compared.ours),
            ns(compared.theirs),
        )
    }
}

#[inline(never)]
pub fn repeat(run: Side, times: usize) {
    for _ in 0..times {
        std::hint::black_box(run());
    }
}
