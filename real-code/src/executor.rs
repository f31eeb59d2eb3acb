//! Do the tests of crates that know no runtime pass when costate runs them?
//!
//! Input: crates whose tests call `block_on` of `futures-lite`, or poll by hand. Output: what each test says as it was
//! published; and with `costate::block_on` in that place, or around the whole test. Nothing else of them is changed.

use crate::Result;
use crate::cargo::{self, Outcome, Package};
use crate::crates::{self, Published};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What the tests call, and what they call instead.
const THEIRS: &str = "future::block_on(";
const OURS: &str = "costate::block_on(";

/// Runs them all. Says whether no test was lost.
pub fn run(folder: &Path, runtime: &Path) -> Result<bool> {
    let chosen: Vec<&Published> = crates::OF_ANY_EXECUTOR.iter().collect();
    let sources = cargo::fetch(folder, &chosen)?;
    let folder = folder.join("executor");
    let mut holds = true;
    for (published, source) in chosen.iter().zip(sources) {
        let copy = folder.join(published.name);
        cargo::copy(&source, &copy, runtime, published)?;
        let package = Package::new(&copy, &folder, published);
        let before = package.test()?;
        let calls = rewrite(&copy.join("tests"))?;
        let after = package.test()?;
        holds &= report(published, calls, &before, &after);
    }
    Ok(holds)
}

/// Replaces the calls in the files of a folder. Says how many there were.
fn rewrite(folder: &Path) -> Result<usize> {
    let mut calls = 0;
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if !entry.file_type().is_file() {
            continue;
        }
        let text = fs::read_to_string(entry.path())?;
        let (text, changed) = match text.matches(THEIRS).count() {
            0 => around_each_test(&text),
            calls => {
                // Whatever path leads to it.
                let text = text.replace("futures_lite::future::block_on(", OURS);
                (text.replace(THEIRS, OURS), calls)
            }
        };
        calls += changed;
        fs::write(entry.path(), text)?;
    }
    Ok(calls)
}

/// Has each test run in a runtime. Says how many there were.
fn around_each_test(text: &str) -> (String, usize) {
    let (mut changed, mut tests, mut is_test) = (String::new(), 0, false);
    for line in text.lines() {
        let name = line
            .strip_prefix("fn ")
            .and_then(|rest| rest.strip_suffix("() {"));
        if let Some(name) = name.filter(|_| is_test) {
            tests += 1;
            changed += &format!(
                "fn {name}() {{ {OURS}std::future::poll_fn(|_| std::task::Poll::Ready({name}_body()))) }}\n\
                 fn {name}_body() {{\n"
            );
        } else {
            changed += line;
            changed.push('\n');
        }
        // Other attributes may stand between.
        is_test = line == "#[test]" || is_test && line.starts_with("#[");
    }
    (changed, tests)
}

fn report(
    published: &Published,
    calls: usize,
    before: &BTreeMap<String, Outcome>,
    after: &BTreeMap<String, Outcome>,
) -> bool {
    let passed = |outcomes: &BTreeMap<String, Outcome>| {
        let passed = outcomes.values().filter(|o| **o == Outcome::Passed);
        passed.count()
    };
    println!(
        "{:16} block_on in {calls:4} places; tests passed: {} before, {} on costate",
        published.name,
        passed(before),
        passed(after)
    );
    let lost = before.iter().filter(|(name, outcome)| {
        **outcome == Outcome::Passed && after.get(*name) != Some(&Outcome::Passed)
    });
    let lost: Vec<_> = lost.map(|(name, _)| name).collect();
    for test in &lost {
        println!("   FAILS on costate only: {test}");
    }
    lost.is_empty() && passed(after) > 0 && calls > 0
}
