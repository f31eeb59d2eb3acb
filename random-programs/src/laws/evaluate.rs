//! What becomes of programs: refused, as the laws say, or not.

use super::reference::Played;
use super::schedule::{Schedule, predicted};
use super::tree::Program;
use crate::batch::Batch;
use crate::compile::Compiler;
use crate::evaluate::{Outcome, compare, limited};
use std::fmt::Write;
use std::io;
use std::path::Path;

type Predicted = Vec<(Schedule, Played)>;

/// Compiles and runs programs, and compares them with what is predicted.
///
/// # Errors
///
/// If files can't be written or processes not be run.
pub fn evaluate(
    compiler: &Compiler,
    programs: &[Program],
    panics: bool,
) -> io::Result<Vec<Outcome>> {
    let mut outcomes = vec![Outcome::TooLong; programs.len()];
    let all: Vec<_> = programs.iter().map(|p| predicted(p, panics)).collect();
    let fits = |index: &usize| all[*index].is_some();
    let left = (0..programs.len()).filter(fits).collect();
    let write = |left: &[usize]| batch(programs, left);
    let run = |binary: &Path, listed: &[usize], outcomes: &mut [Outcome]| {
        run(binary, &all, listed, outcomes)
    };
    compare(compiler, &write, &run, left, &mut outcomes)?;
    Ok(outcomes)
}

fn batch(programs: &[Program], listed: &[usize]) -> Batch {
    let mut batch = Batch::of_modules(listed, |batch, index| {
        let program = &programs[index];
        batch.plain(
            "use costate::{future::Race, shield};\nuse costate_tests::{log::say, props::*};",
        );
        batch.plain(&program.to_string());
        batch.plain(&format!(
            "pub fn make() -> super::Made {{ Box::pin({}) }}",
            program.call
        ));
    });
    batch.plain("type Made = std::pin::Pin<Box<dyn costate::Coroutine<Output = Result<costate_tests::props::Noisy, u32>>>>;");
    batch.plain("fn main() {\nlet programs: &[(usize, fn() -> Made)] = &[");
    for index in listed {
        batch.plain(&format!("({index}, p{index}::make),"));
    }
    batch.plain("];");
    batch.plain(MAIN);
    batch.plain("}");
    batch
}

/// Runs what stands on the lines of a file, each on a thread of its own, where nobody has had a turn.
const MAIN: &str = r#"
std::panic::set_hook(Box::new(|_| {}));
let file = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
for line in file.lines() {
    let mut words = line.split(' ').map(|word| word.parse::<usize>().ok());
    let mut next = || words.next().unwrap();
    let index = next().unwrap();
    let make = programs.iter().find(|(program, _)| *program == index).unwrap().1;
    let (polls, cancels, panic_at) = (next().unwrap(), next().unwrap(), next());
    println!("\x01");
    let run = move || costate_tests::schedule::play_cancelled(&make, polls, cancels, panic_at);
    for line in std::thread::spawn(run).join().unwrap() {
        println!("{line}");
    }
    println!("\x02");
}
"#;

/// Runs each schedule of each program; after a crash, those of the programs after it.
fn run(
    binary: &Path,
    all: &[Option<Predicted>],
    listed: &[usize],
    outcomes: &mut [Outcome],
) -> io::Result<()> {
    let of_program = |index: usize| {
        let predicted = all[index].iter().flatten();
        predicted.map(move |(schedule, played)| (index, *schedule, played))
    };
    let mut left: Vec<_> = listed.iter().copied().flat_map(of_program).collect();
    listed
        .iter()
        .for_each(|index| outcomes[*index] = Outcome::Agrees);
    let file = binary.with_extension("schedules");
    while !left.is_empty() {
        let text: String = left
            .iter()
            .map(|(index, schedule, _)| line(*index, *schedule))
            .collect();
        std::fs::write(&file, text)?;
        let output = limited(binary).arg(&file).output()?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let runs: Vec<_> = said.split('\x01').skip(1).collect();
        for ((index, schedule, played), run) in left.iter().zip(&runs) {
            let outcome = &mut outcomes[*index];
            let Some((said, _)) = run.split_once('\x02') else {
                let words = String::from_utf8_lossy(&output.stderr);
                *outcome = Outcome::Crashed(format!("{schedule:?}\n{}: {words}", output.status));
                break;
            };
            if matches!(outcome, Outcome::Agrees) && !played.leaks {
                compare_run(*schedule, played, said, outcome);
            }
        }
        let last = left[runs.len().max(1) - 1].0;
        left = match runs.len() == left.len() && said.trim_end().ends_with('\x02') {
            true => Vec::new(),
            false => left
                .into_iter()
                .filter(|(index, ..)| *index > last)
                .collect(),
        };
    }
    Ok(())
}

/// What the program reads.
fn line(index: usize, schedule: Schedule) -> String {
    let Schedule {
        polls,
        cancels,
        panic_at,
    } = schedule;
    let mut line = format!("{index} {polls} {cancels}");
    match panic_at {
        Some(event) => writeln!(line, " {event}"),
        None => writeln!(line, " -"),
    }
    .expect("a string takes what is written");
    line
}

fn compare_run(schedule: Schedule, played: &Played, said: &str, outcome: &mut Outcome) {
    let said: Vec<_> = said.lines().filter(|line| !line.is_empty()).collect();
    let counts = played.counts;
    let counts = format!(
        "skipped {}, abandoned {}, panicked {}",
        counts.skipped, counts.abandoned, counts.panicked
    );
    let expected: Vec<_> = played.lines.iter().chain([&counts]).collect();
    if said.iter().eq(&expected) {
        return;
    }
    let same = said
        .iter()
        .zip(&expected)
        .take_while(|(a, b)| a == b)
        .count();
    let list = |lines: &[String]| lines.join("\n    ");
    let said: Vec<_> = said.iter().map(|line| (*line).to_owned()).collect();
    let expected: Vec<_> = expected.into_iter().cloned().collect();
    *outcome = Outcome::Differs(format!(
        "under {schedule:?}{}\n    {}\n--- by the laws then:\n    {}\n--- the machine:\n    {}",
        played
            .thrown
            .as_ref()
            .map_or(String::new(), |event| format!(" (a panic at {event:?})")),
        list(&said[..same]),
        list(&expected[same..]),
        list(&said[same..])
    ));
}
