//! What becomes of programs: refused by rustc, refused by the macro, the same, or not.

use crate::batch::{At, Batch, Halves};
use crate::compile::{Compiler, Problem, Until};
use crate::generate::Program;
use crate::tree::Node;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::process::Command;

/// What became of a program.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It isn't a legal `async fn`.
    Rejected(Problem),
    /// It is one, and no legal machine.
    Refused(Problem),
    Agrees,
    Differs(String),
    /// The process ended in the middle of it.
    Crashed(String),
    /// It takes too many polls.
    TooLong,
}

impl Outcome {
    /// Whether another program has the same trouble.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Refused(a), Self::Refused(b)) => a.signature() == b.signature(),
            (Self::Differs(_) | Self::Crashed(_), Self::Differs(_) | Self::Crashed(_)) => true,
            _ => false,
        }
    }
}

impl Problem {
    /// Code and message without the names.
    #[must_use]
    pub fn signature(&self) -> String {
        let pieces: Vec<_> = self.message.split('`').step_by(2).collect();
        format!("{} {}", self.code, pieces.join("`_`"))
    }
}

/// Whether statements that rustc rejects are left out, or the whole program.
#[derive(Clone, Copy, PartialEq)]
pub enum Illegal {
    Mend,
    Reject,
}

/// How often a batch is mended before what is left is rejected.
const ROUNDS: usize = 12;

/// Compiles and runs programs; those that are mended are changed.
///
/// # Errors
///
/// If files can't be written or processes not be run.
pub fn evaluate(
    compiler: &Compiler,
    programs: &mut [Program],
    illegal: Illegal,
) -> io::Result<Vec<Outcome>> {
    let mut outcomes = vec![Outcome::TooLong; programs.len()];
    let mut left: Vec<usize> = (0..programs.len()).collect();
    make_legal(compiler, programs, illegal, &mut left, &mut outcomes)?;
    let both = |left: &[usize]| Batch::new(programs, left, Halves::Both);
    compare(compiler, &both, &run, left, &mut outcomes)?;
    Ok(outcomes)
}

/// Runs programs that are compiled, of which some are listed.
pub(crate) type Run<'a> = &'a dyn Fn(&Path, &[usize], &mut [Outcome]) -> io::Result<()>;

/// Compiles a batch of programs, leaves out what is refused, and runs the rest.
pub(crate) fn compare(
    compiler: &Compiler,
    write: &dyn Fn(&[usize]) -> Batch,
    run: Run<'_>,
    mut left: Vec<usize>,
    outcomes: &mut [Outcome],
) -> io::Result<()> {
    while !left.is_empty() {
        let batch = write(&left);
        let problems = match compiler.compile(&batch.text, Until::Linked)? {
            Ok(binary) => return run(&binary, &left, outcomes),
            Err(problems) => problems,
        };
        let is_nowhere = |p: &Problem| p.lines.iter().all(|line| batch.at(*line).is_none());
        if problems.iter().all(is_nowhere) {
            // Of an error that says no place: whose it is shows when the others are left out.
            if left.len() > 1 {
                let half = left.split_off(left.len() / 2);
                compare(compiler, write, run, left, outcomes)?;
                return compare(compiler, write, run, half, outcomes);
            }
            if let Some(problem) = problems.into_iter().next() {
                outcomes[left[0]] = Outcome::Refused(problem);
            }
            return Ok(());
        }
        for (at, mut problem) in located(&batch, problems)? {
            if left.contains(&at.program) {
                left.retain(|index| *index != at.program);
                problem.text = batch.line(problem.lines.first().copied().unwrap_or(0));
                outcomes[at.program] = Outcome::Refused(problem);
            }
        }
    }
    Ok(())
}

/// Leaves those that are legal as `async fn`.
fn make_legal(
    compiler: &Compiler,
    programs: &mut [Program],
    illegal: Illegal,
    left: &mut Vec<usize>,
    outcomes: &mut [Outcome],
) -> io::Result<()> {
    for round in 0.. {
        let batch = Batch::new(programs, left, Halves::Native);
        let Err(problems) = compiler.compile(&batch.text, Until::Checked)? else {
            break;
        };
        let gives_up = illegal == Illegal::Reject || round > ROUNDS;
        for (at, problem) in located(&batch, problems)?.into_iter().rev() {
            let mended = programs[at.program].function.without(at.statement);
            let text = |node: &Node| node.render().text;
            let changes = |mended: &Node| text(mended) != text(&programs[at.program].function);
            match mended.filter(changes) {
                Some(mended) if !gives_up && at.statement > 0 => {
                    programs[at.program].function = mended;
                }
                _ => {
                    left.retain(|index| *index != at.program);
                    outcomes[at.program] = Outcome::Rejected(problem);
                }
            }
        }
    }
    Ok(())
}

/// One problem a statement, in the order of the statements.
fn located(batch: &Batch, problems: Vec<Problem>) -> io::Result<Vec<(At, Problem)>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let mut elsewhere = Vec::new();
    for problem in problems {
        match problem.lines.iter().find_map(|line| batch.at(*line)) {
            Some(at) if seen.insert(at) => found.push((at, problem)),
            Some(_) => {}
            None => elsewhere.push(problem),
        }
    }
    if found.is_empty() {
        return Err(io::Error::other(format!(
            "errors in no program: {elsewhere:?}"
        )));
    }
    found.sort_by_key(|(at, _)| *at);
    Ok(found)
}

/// A mended program may have lost what ends a loop of its own.
pub(crate) fn limited(binary: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v 2000000; ulimit -t 60; exec \"$0\" \"$@\""]);
    command.arg(binary);
    command
}

fn run(binary: &Path, listed: &[usize], outcomes: &mut [Outcome]) -> io::Result<()> {
    let mut first = 0;
    loop {
        let output = limited(binary).arg(first.to_string()).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let (mut running, mut ends) = (None, false);
        for entry in text.split('\x01').skip(1) {
            let (head, words) = entry.split_once('\n').unwrap_or((entry, ""));
            let Some((word, index)) = head.split_once(' ') else {
                continue;
            };
            ends = word == "ends";
            if ends {
                continue;
            }
            let index: usize = index.parse().map_err(io::Error::other)?;
            running = (word == "begin").then_some(index);
            match word {
                "agrees" => outcomes[index] = Outcome::Agrees,
                "differs" if words.starts_with("a case has to end") => {}
                "differs" => outcomes[index] = Outcome::Differs(words.to_owned()),
                _ => {}
            }
        }
        let Some(crashed) = running else {
            return Ok(());
        };
        // Else it is the `async fn` that has no end.
        if ends {
            let words = String::from_utf8_lossy(&output.stderr);
            outcomes[crashed] = Outcome::Crashed(format!("{}: {words}", output.status));
        }
        match listed.iter().find(|index| **index > crashed) {
            Some(next) => first = *next,
            None => return Ok(()),
        }
    }
}
