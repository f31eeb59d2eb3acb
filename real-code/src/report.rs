//! What came of a crate.

use crate::cargo::Outcome;
use crate::convert::Source;
use crate::crates::Published;
use std::collections::BTreeMap;

pub struct Report {
    name: &'static str,
    at_least: usize,
    found: usize,
    converted: usize,
    of_traits: usize,
    /// Why a function is none: by place and name.
    reasons: BTreeMap<String, String>,
    passed_natively: usize,
    passed: usize,
    /// Tests that only the coroutines fail.
    broken: Vec<String>,
}

impl Report {
    pub fn new(
        published: &Published,
        sources: &[Source],
        reasons: BTreeMap<String, String>,
        natively: BTreeMap<String, Outcome>,
        converted: BTreeMap<String, Outcome>,
    ) -> Report {
        let passes = |outcomes: &BTreeMap<String, Outcome>| {
            let passed = outcomes.values().filter(|o| **o == Outcome::Passed);
            passed.count()
        };
        let broken = natively
            .iter()
            .filter(|(name, outcome)| {
                **outcome == Outcome::Passed && converted.get(*name) != Some(&Outcome::Passed)
            })
            .map(|(name, _)| name.clone());
        Report {
            name: published.name,
            at_least: published.at_least,
            found: sources.iter().map(|source| source.functions.len()).sum(),
            converted: sources.iter().map(Source::converted).sum(),
            of_traits: sources.iter().map(|source| source.of_traits).sum(),
            reasons,
            passed_natively: passes(&natively),
            passed: passes(&converted),
            broken: broken.collect(),
        }
    }

    /// No test was lost, and as many functions as before are coroutines.
    pub fn holds(&self) -> bool {
        self.broken.is_empty() && self.converted >= self.at_least
    }

    pub fn print(&self) {
        for test in &self.broken {
            println!("   FAILS as a coroutine only: {test}");
        }
        println!(
            "   {} of {} async functions compile as coroutines, {} in traits are left alone; tests: {} passed before, {} after",
            self.converted, self.found, self.of_traits, self.passed_natively, self.passed
        );
        if self.converted < self.at_least {
            println!("   FEWER than the {} of before", self.at_least);
        }
    }
}

pub fn summary(reports: &[Report]) {
    println!("\ncrate            converted    of  in traits  tests passed");
    for report in reports {
        println!(
            "{:16} {:9} {:5} {:10} {:6} of {}",
            report.name,
            report.converted,
            report.found,
            report.of_traits,
            report.passed,
            report.passed_natively
        );
    }
    let sum = |of: fn(&Report) -> usize| reports.iter().map(of).sum::<usize>();
    println!(
        "in all           {:9} {:5}",
        sum(|r| r.converted),
        sum(|r| r.found)
    );
    let mut why: BTreeMap<&str, usize> = BTreeMap::new();
    for reason in reports.iter().flat_map(|report| report.reasons.values()) {
        *why.entry(reason).or_default() += 1;
    }
    let mut why: Vec<_> = why.into_iter().collect();
    why.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if !why.is_empty() {
        println!("\nwhy the others do not:");
    }
    for (reason, count) in why {
        println!("{count:5}  {reason}");
    }
}
