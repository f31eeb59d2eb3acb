//! `cargo run -p costate-random-programs -- --count 200 --seed 1`: makes programs, compiles each as
//! a machine and as an `async fn`, compares what they do, and makes what differs small.

use costate_random_programs::batch::as_case;
use costate_random_programs::compile::Compiler;
use costate_random_programs::evaluate::{Illegal, Outcome, evaluate};
use costate_random_programs::generate::{Form, Program, extending, program};
use costate_random_programs::laws;
use costate_random_programs::shrink::Smaller;
use costate_random_programs::tally::Tally;
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
    extending: bool,
    laws: bool,
    panics: bool,
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
    let tally = if options.laws {
        let length = options.length;
        let panics = options.panics;
        options.run(
            &|seed| laws::generate::program(seed, length),
            &|compiler, programs, _| laws::evaluate::evaluate(compiler, programs, panics),
            &|program, _| format!("{program}// {}", program.call),
        )?
    } else {
        options.run(
            &|seed| options.program(seed),
            &|compiler, programs, illegal| evaluate(compiler, programs, illegal),
            &|program, seed| as_case(program, &format!("seed_{seed}")),
        )?
    };
    Ok(match tally.differ {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    })
}

/// Says what becomes of programs.
type Evaluate<'a, P> = &'a dyn Fn(&Compiler, &mut [P], Illegal) -> io::Result<Vec<Outcome>>;

impl Options {
    /// Makes the programs of the seeds, evaluates them, and shows what there is trouble with.
    fn run<P: Smaller>(
        &self,
        make: &dyn Fn(u64) -> P,
        evaluate: Evaluate<'_, P>,
        show: &dyn Fn(&P, u64) -> String,
    ) -> io::Result<Tally> {
        let mut tally = Tally::default();
        (tally.shrinks, tally.shrinks_refused) = (self.shrinks, self.shrinks_refused);
        let mut seed = self.seed;
        let last = seed + self.count;
        if self.shows {
            (seed..last).for_each(|seed| println!("{}", show(&make(seed), seed)));
            return Ok(tally);
        }
        let mut compilers = match self.edition {
            Some(edition) => vec![Compiler::new(edition)?],
            None => vec![Compiler::new("2024")?, Compiler::new("2021")?],
        };
        while seed < last {
            let end = (seed + self.batch).min(last);
            let compiler = &compilers[0];
            let mut programs: Vec<_> = (seed..end).map(make).collect();
            let outcomes = evaluate(compiler, &mut programs, Illegal::Mend)?;
            let again = |programs: &mut [P]| evaluate(compiler, programs, Illegal::Reject);
            for ((seed, program), outcome) in (seed..end).zip(&programs).zip(&outcomes) {
                let name = format!("seed {seed}, edition {}", compiler.edition);
                let show = |program: &P| show(program, seed);
                tally.count(&name, (program, outcome), &again, &show)?;
            }
            seed = end;
            compilers.rotate_left(1);
            tally.report();
        }
        Ok(tally)
    }

    fn program(&self, seed: u64) -> Program {
        if self.extending {
            return extending::program(seed);
        }
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
    [--edition 2021|2024] [--anywhere] [--parts] [--borrows] [--defers] [--extending] [--laws] [--panics] [--no-shrink] [--shrink-refused] [--show]";

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
        extending: false,
        laws: false,
        panics: false,
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
            "--extending" => options.extending = true,
            "--laws" => options.laws = true,
            "--panics" => options.panics = true,
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
