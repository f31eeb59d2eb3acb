//! A row a second, and what it all comes to.

use crate::connection::{Ending, Totals};
use crate::options::Options;
use costate_examples::process::{Process, or_unknown, with_commas};
use std::process::ExitCode;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Instant;

/// How much the server's memory may grow from one third of the time to the end and be level.
const LEVEL: f64 = 1.10;
/// How many failed connections are shown one by one.
const SHOWN: usize = 5;

#[derive(Clone, Debug)]
pub struct Row {
    seconds: f64,
    open: usize,
    checked: u64,
    resident_kib: Option<u64>,
    descriptors: Option<usize>,
}

impl Row {
    pub fn sample(begun: Instant, server: Option<Process>, totals: &Totals) -> Self {
        Row {
            seconds: begun.elapsed().as_secs_f64(),
            open: totals.open.load(Relaxed),
            checked: totals.checked.load(Relaxed),
            resident_kib: server.and_then(Process::resident_kib),
            descriptors: server.and_then(Process::descriptors),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Table(Vec<Row>);

impl Table {
    /// An empty one; prints its head.
    pub fn new() -> Self {
        println!("seconds   open      bytes checked     MB/s   resident KiB   descriptors");
        Table(Vec::new())
    }

    /// Keeps and prints a row.
    pub fn add(&mut self, row: Row) {
        let (seconds, bytes) = self
            .0
            .last()
            .map_or((0.0, 0), |last| (last.seconds, last.checked));
        println!(
            "{:>7.1}  {:>5}  {:>17}  {:>7.1}  {:>13}  {:>12}",
            row.seconds,
            row.open,
            with_commas(row.checked),
            (row.checked - bytes) as f64 / (row.seconds - seconds) / 1e6,
            or_unknown(row.resident_kib),
            or_unknown(row.descriptors.map(|count| count as u64)),
        );
        self.0.push(row);
    }

    fn peak_open(&self) -> usize {
        self.0.iter().map(|row| row.open).max().unwrap_or(0)
    }

    /// Resident memory a third into the run, and its peak after that.
    fn memory(&self) -> Option<(u64, u64)> {
        let early = self.0.len() / 3;
        let rest: Vec<u64> = self.0[early..]
            .iter()
            .filter_map(|row| row.resident_kib)
            .collect();
        Some((*rest.first()?, *rest.iter().max()?))
    }
}

/// Prints the outcome, and whether it is a success.
pub fn verdict(
    options: &Options,
    endings: &[Ending],
    table: &Table,
    descriptors: (Option<usize>, Option<usize>),
) -> ExitCode {
    let count = |wanted: fn(&Ending) -> bool| endings.iter().filter(|one| wanted(one)).count();
    let whole = count(|ending| matches!(ending, Ending::Whole));
    let shed = count(|ending| matches!(ending, Ending::Shed));
    let failed = endings.len() - whole - shed;
    println!(
        "\nconnections   {} asked for, at most {} open at once",
        endings.len(),
        table.peak_open()
    );
    println!("whole         {whole}: every byte came back, in order");
    println!("never served  {shed}");
    println!("failed        {failed}");
    let messages = endings.iter().filter_map(|ending| match ending {
        Ending::Failed(message) => Some(message),
        Ending::Whole | Ending::Shed => None,
    });
    messages
        .take(SHOWN)
        .for_each(|message| println!("              {message}"));

    let level = memory_is_level(table);
    let returned = descriptors_are_back(descriptors);
    let served = whole > 0 && failed == 0 && (shed == 0 || options.allow_shed);
    if served && level && returned {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn memory_is_level(table: &Table) -> bool {
    let Some((early, peak)) = table.memory() else {
        return true;
    };
    let level = peak as f64 <= early as f64 * LEVEL;
    let word = if level { "level" } else { "GROWING" };
    println!(
        "memory        {} KiB early, at most {} KiB later: {word}",
        with_commas(early),
        with_commas(peak)
    );
    level
}

fn descriptors_are_back((before, after): (Option<usize>, Option<usize>)) -> bool {
    let (Some(before), Some(after)) = (before, after) else {
        return true;
    };
    let word = if after <= before {
        "all given back"
    } else {
        "NOT given back"
    };
    println!("descriptors   {before} before, {after} after: {word}");
    after <= before
}
