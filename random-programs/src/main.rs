//! `cargo run -p costate-random-programs -- --count 200 --seed 1`: makes programs, compiles each as
//! a machine and as an `async fn`, compares what they do, and makes what differs small.

use costate_random_programs::batch::as_case;
use costate_random_programs::compile::Compiler;
use costate_random_programs::evaluate::{Illegal, Outcome, evaluate};
use costate_random_programs::generate::{Form, Program, program};
use costate_random_programs::shrink::shrink;
use std::collections::BTreeMap;
use std::io;
use std::process::ExitCode;

struct Options {
    seed: u64,
    count: u64,
    /// How many are compiled at once.
    batch: u64,
    length: u32,
    anywhere: bool,
    parts: bool,
    borrows: bool,
    defers: bool,
    shrinks: bool,
    shrinks_refused: bool,
    shows: bool,
    edition: Option<&'static str>,
}

fn main() -> io::Result<ExitCode> {
    let options = match options() {
        Ok(options) => options,
        Err(words) => {
            eprintln!("{words}");
            return Ok(ExitCode::from(2));
        }
    };
    if options.shows {
        for seed in options.seed..options.seed + options.count {
            let name = format!("seed_{seed}");
            println!("{}", as_case(&options.program(seed), &name));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut tally = Tally {
        shrinks_refused: options.shrinks_refused,
        ..Tally::default()
    };
    let mut seed = options.seed;
    let mut compilers = match options.edition {
        Some(edition) => vec![Compiler::new(edition)?],
        None => vec![Compiler::new("2024")?, Compiler::new("2021")?],
    };
    while seed < options.seed + options.count {
        let end = (seed + options.batch).min(options.seed + options.count);
        let mut programs: Vec<_> = (seed..end).map(|seed| options.program(seed)).collect();
        let outcomes = evaluate(&compilers[0], &mut programs, Illegal::Mend)?;
        for ((seed, program), outcome) in (seed..end).zip(&programs).zip(&outcomes) {
            tally.count(seed, program, outcome, &compilers[0], options.shrinks)?;
        }
        seed = end;
        compilers.rotate_left(1);
        tally.report();
    }
    Ok(match tally.differ {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

#[derive(Default)]
struct Tally {
    agree: u64,
    too_long: u64,
    rejected: BTreeMap<String, u64>,
    refused: BTreeMap<String, u64>,
    differ: u64,
    shrinks_refused: bool,
}

impl Tally {
    fn count(
        &mut self,
        seed: u64,
        program: &Program,
        outcome: &Outcome,
        compiler: &Compiler,
        shrinks: bool,
    ) -> io::Result<()> {
        if !self.is_worth_showing(seed, outcome) {
            return Ok(());
        }
        let (program, outcome) = match shrinks {
            true => shrink(compiler, program, outcome)?,
            false => (program.clone(), outcome.clone()),
        };
        println!("--- seed {seed}, edition {}:", compiler.edition);
        println!("{}", as_case(&program, &format!("seed_{seed}")));
        match outcome {
            Outcome::Refused(problem) => println!("refused: {} {}", problem.code, problem.message),
            Outcome::Differs(words) | Outcome::Crashed(words) => println!("{words}"),
            _ => {}
        }
        Ok(())
    }

    fn is_worth_showing(&mut self, seed: u64, outcome: &Outcome) -> bool {
        match outcome {
            Outcome::Agrees => self.agree += 1,
            Outcome::TooLong => self.too_long += 1,
            Outcome::Rejected(problem) => {
                *self.rejected.entry(problem.signature()).or_default() += 1;
            }
            Outcome::Refused(problem) => {
                let (code, message) = (&problem.code, &problem.message);
                println!("seed {seed}: {code} {message}\n    {}", problem.text);
                let known = self.refused.entry(problem.signature()).or_default();
                *known += 1;
                return *known == 1 && self.shrinks_refused;
            }
            Outcome::Differs(_) | Outcome::Crashed(_) => {
                self.differ += 1;
                return true;
            }
        }
        false
    }

    fn report(&self) {
        let sum = |of: &BTreeMap<_, u64>| of.values().sum::<u64>();
        println!(
            "{} agree, {} differ, {} refused by the macro, {} illegal, {} too long",
            self.agree,
            self.differ,
            sum(&self.refused),
            sum(&self.rejected),
            self.too_long
        );
        for (signature, count) in &self.refused {
            println!("    refused {count}: {signature}");
        }
        for (signature, count) in &self.rejected {
            println!("    illegal {count}: {signature}");
        }
    }
}

impl Options {
    fn program(&self, seed: u64) -> Program {
        program(
            seed,
            Form {
                anywhere: self.anywhere,
                parts: self.parts,
                borrows: self.borrows,
                defers: self.defers,
                length: self.length,
            },
        )
    }
}

const USAGE: &str = "random-programs [--seed N] [--count N] [--batch N] [--length N] \
    [--edition 2021|2024] [--anywhere] [--parts] [--borrows] [--defers] [--no-shrink] [--shrink-refused] [--show]";

fn options() -> Result<Options, String> {
    let mut options = Options {
        seed: 1,
        count: 200,
        batch: 100,
        length: 8,
        anywhere: false,
        parts: false,
        borrows: false,
        defers: false,
        shrinks: true,
        shrinks_refused: false,
        shows: false,
        edition: None,
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let number = arguments.next().and_then(|text| text.parse::<u64>().ok());
            number.ok_or(format!("{argument} takes a number\n{USAGE}"))
        };
        match &*argument {
            "--seed" => options.seed = number()?,
            "--count" => options.count = number()?,
            "--batch" => options.batch = number()?.max(1),
            "--length" => options.length = u32::try_from(number()?).map_err(|e| e.to_string())?,
            "--edition" => {
                options.edition = Some(match number()? {
                    2021 => "2021",
                    _ => "2024",
                });
            }
            "--borrows" => options.borrows = true,
            "--defers" => options.defers = true,
            "--parts" => options.parts = true,
            "--anywhere" => options.anywhere = true,
            "--shrink-refused" => options.shrinks_refused = true,
            "--no-shrink" => options.shrinks = false,
            "--show" => options.shows = true,
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok(options)
}
