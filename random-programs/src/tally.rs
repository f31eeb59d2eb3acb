//! How many programs came to what.

use crate::evaluate::Outcome;
use crate::shrink::{Evaluate, Smaller, shrink};
use std::collections::BTreeMap;
use std::io;

/// Outcomes, counted.
#[derive(Debug, Default)]
pub struct Tally {
    agree: u64,
    too_long: u64,
    rejected: BTreeMap<String, u64>,
    refused: BTreeMap<String, u64>,
    pub differ: u64,
    pub shrinks: bool,
    pub shrinks_refused: bool,
}

impl Tally {
    /// Counts a program, and shows it if there is trouble with it.
    ///
    /// # Errors
    ///
    /// If files can't be written or processes not be run.
    pub fn count<P: Smaller>(
        &mut self,
        name: &str,
        (program, outcome): (&P, &Outcome),
        evaluate: Evaluate<'_, P>,
        show: &dyn Fn(&P) -> String,
    ) -> io::Result<()> {
        if !self.is_worth_showing(name, outcome) {
            return Ok(());
        }
        let (program, outcome) = match self.shrinks {
            true => shrink(evaluate, program, outcome)?,
            false => (program.clone(), outcome.clone()),
        };
        println!("--- {name}:\n{}", show(&program));
        match outcome {
            Outcome::Refused(problem) => println!("refused: {} {}", problem.code, problem.message),
            Outcome::Differs(words) | Outcome::Crashed(words) => println!("{words}"),
            _ => {}
        }
        Ok(())
    }

    fn is_worth_showing(&mut self, name: &str, outcome: &Outcome) -> bool {
        match outcome {
            Outcome::Agrees => self.agree += 1,
            Outcome::TooLong => self.too_long += 1,
            Outcome::Rejected(problem) => {
                *self.rejected.entry(problem.signature()).or_default() += 1;
            }
            Outcome::Refused(problem) => {
                let (code, message) = (&problem.code, &problem.message);
                println!("{name}: {code} {message}\n    {}", problem.text);
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

    /// Says how it stands.
    pub fn report(&self) {
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
