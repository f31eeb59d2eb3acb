//! Instructions, counted by valgrind's callgrind: exact, and the same on every run.
//!
//! This program starts itself under callgrind, with one body, twice: the difference of two numbers of runs is free of what
//! starting costs. The loop that polls is in both counts.

use crate::bodies::{self, Body};
use crate::report::{Report, Row};
use crate::{dropped, repeat};
use std::process::{Command, ExitCode};

const FEW: usize = 20;
const MANY: usize = 120;

pub fn table(bodies: &[Body], report: &mut Report) {
    if !is_possible() {
        println!("\ninstructions: left out, there is no valgrind here");
        return;
    }
    let rows = bodies.iter().filter_map(|body| {
        let polls = (body.ours)() as f64;
        let ours = count("ours", body.name)? / polls;
        let theirs = count("theirs", body.name)? / polls;
        Some(Row::new(
            "instructions",
            body.name,
            "instructions a poll",
            ours,
            theirs,
        ))
    });
    report.table("instructions", rows);
}

/// Whether there is valgrind.
pub fn is_possible() -> bool {
    Command::new("valgrind").arg("--version").output().is_ok()
}

/// Instructions of one run.
pub fn count(side: &str, name: &str) -> Option<f64> {
    let [few, many] = [FEW, MANY].map(|times| total(side, name, times));
    Some((many? - few?) / (MANY - FEW) as f64)
}

fn total(side: &str, name: &str, times: usize) -> Option<f64> {
    let program = std::env::current_exe().ok()?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["--only", side, name, &times.to_string()])
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stderr);
    let collected = text
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    collected?.1.trim().parse().ok()
}

/// One side of one body, or of one drop, as callgrind runs it.
pub fn only(side: &str, name: &str, times: &str) -> ExitCode {
    let times = times.parse().unwrap_or(FEW);
    let body = bodies::all().into_iter().find(|body| body.name == name);
    let drop = dropped::all().into_iter().find(|drop| drop.name == name);
    match (side, body, drop) {
        ("ours", Some(body), _) => repeat(body.ours, times),
        ("theirs", Some(body), _) => repeat(body.theirs, times),
        ("ours", None, Some(drop)) => (0..times).for_each(|_| (drop.ours)()),
        ("theirs", None, Some(drop)) => (0..times).for_each(|_| (drop.theirs)()),
        _ => {
            eprintln!("`--only` takes ours or theirs, the name of a body, and a number of runs");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
