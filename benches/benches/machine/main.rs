//! Is a machine as small and as fast as the `async fn` of the same body?
//!
//! ```text
//! cargo bench -p costate-benches --bench machine
//! ```
//!
//! prints the size of each machine beside the future of the `async fn`, and how long each takes per
//! poll, as the median ratio of pairs that ran in turn. Nothing here fails because of a time.
//!
//! Instructions rather than time, exact and repeatable, with valgrind:
//!
//! ```text
//! cargo bench -p costate-benches --bench machine --no-run      # prints the path of the binary
//! valgrind --tool=callgrind --callgrind-out-file=/dev/null BINARY --only ours   echo
//! valgrind --tool=callgrind --callgrind-out-file=/dev/null BINARY --only theirs echo
//! ```
//!
//! The difference of the two totals, divided by the polls that the program prints, is the difference a poll.

mod bodies;

use bodies::Body;
use costate_benches::Peers;
use costate_benches::corpus::{self, Sizes};
use std::process::ExitCode;

const PAIRS: usize = 41;
/// Runs of a body in one timed half of a pair.
const TIMES: usize = 2_000;
/// Runs under callgrind, which is some fifty times slower.
const COUNTED_TIMES: usize = 200;

fn main() -> ExitCode {
    // `cargo bench` adds `--bench`; `cargo test --benches` doesn't, and then one pair is enough.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--only", side, name] => return only(side, name),
        ["--bench"] => tables(PAIRS, TIMES),
        _ => tables(1, 1),
    }
    ExitCode::SUCCESS
}

fn tables(pairs: usize, times: usize) {
    let bodies = bodies::all();
    println!("bytes                          costate   async fn   ratio");
    for body in &bodies {
        let (ours, theirs) = (body.size.0, body.size.1);
        println!(
            "{:<28}{ours:>10}{theirs:>11}{:>8.2}",
            body.name,
            ours as f64 / theirs as f64
        );
    }
    corpus_table();
    println!("\nns a poll                      costate   async fn   ratio   quartiles");
    for body in &bodies {
        compare(body, pairs, times);
    }
}

/// The functions of many shapes: their sizes only.
fn corpus_table() {
    let all = corpus::all();
    println!("\nbytes, corpus                  costate   async fn   ratio");
    for Sizes { name, ours, theirs } in &all {
        let ratio = *ours as f64 / *theirs as f64;
        println!("{name:<28}{ours:>10}{theirs:>11}{ratio:>8.2}");
    }
    println!(
        "{:<28}{:>10} functions {:>8.2}",
        "geometric mean",
        all.len(),
        corpus::mean(&all)
    );
}

fn compare(body: &Body, pairs: usize, times: usize) {
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
    println!(
        "{:<28}{:>10.1}{:>11.1}{:>8.3}   {:.3} to {:.3}",
        body.name,
        compared.ours.as_secs_f64() * 1e9 / polls as f64,
        compared.theirs.as_secs_f64() * 1e9 / polls as f64,
        compared.ratio,
        compared.spread.0,
        compared.spread.1,
    );
}

#[inline(never)]
fn repeat(run: fn() -> usize, times: usize) {
    for _ in 0..times {
        std::hint::black_box(run());
    }
}

/// One side of one body, for callgrind.
fn only(side: &str, name: &str) -> ExitCode {
    let Some(body) = bodies::all().into_iter().find(|body| body.name == name) else {
        eprintln!("no body is called {name}");
        return ExitCode::FAILURE;
    };
    let run = match side {
        "ours" => body.ours,
        "theirs" => body.theirs,
        _ => {
            eprintln!("`--only` takes ours or theirs, and the name of a body");
            return ExitCode::FAILURE;
        }
    };
    let polls = run() * COUNTED_TIMES;
    repeat(run, COUNTED_TIMES);
    println!("{polls} polls");
    ExitCode::SUCCESS
}
