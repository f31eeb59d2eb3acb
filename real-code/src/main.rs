//! How much of the code that people have written can be a coroutine as it stands?
//!
//! Takes published crates in the versions of `crates.rs`, writes `#[costate::coroutine] fn` for every
//! `async fn` of their sources and tests, compiles them, gives back to the language the functions that an
//! error points at until there is no error, and runs the crates' own tests over what is left. Nothing of
//! those crates is kept in this repository: cargo fetches them, copies are changed under `target/`.
//!
//! ```sh
//! cargo run --release -p costate-real-code            # the crates of CI
//! cargo run --release -p costate-real-code -- tokio   # these
//! cargo run --release -p costate-real-code -- --all
//! cargo run --release -p costate-real-code -- --fetch # can those of CI be downloaded? builds nothing
//! cargo run --release -p costate-real-code -- --check hyper # compiles without its tests, runs none
//! cargo run --release -p costate-real-code -- --executor # their tests as they are, but run by costate: see `executor.rs`
//! ```

mod cargo;
mod convert;
mod crates;
mod executor;
mod functions;
mod report;

use crates::Published;
use report::Report;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args().skip(1).collect();
    match run(&words) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("real-code: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[String]) -> Result<bool> {
    let folder = root().join("target/real-code");
    std::fs::create_dir_all(&folder)?;
    if words == ["--executor"] {
        return executor::run(&folder, &root().join("runtime"));
    }
    let (words, compiles_only) = match words {
        [first, rest @ ..] if first == "--check" => (rest, true),
        _ => (words, false),
    };
    let fetches = words == ["--fetch"];
    let chosen = crates::chosen(if fetches { &[] } else { words })?;
    let sources = cargo::fetch(&folder, &chosen)?;
    if fetches {
        return fetch(&folder, &chosen, &sources);
    }
    let mut reports = Vec::new();
    for (published, source) in chosen.iter().zip(sources) {
        println!("== {} {}", published.name, published.version);
        let report = convert_one(&folder, published, &source, compiles_only)?;
        report.print();
        reports.push(report);
    }
    report::summary(&reports);
    Ok(reports.iter().all(Report::holds))
}

/// Downloads what the crates' own tests need too.
fn fetch(folder: &Path, chosen: &[&Published], sources: &[PathBuf]) -> Result<bool> {
    for (published, source) in chosen.iter().zip(sources) {
        let copy = copy_of(folder, published);
        cargo::copy(source, &copy, &root().join("runtime"), published)?;
        if !cargo::Package::new(&copy, folder, published).fetch()? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn copy_of(folder: &Path, published: &Published) -> PathBuf {
    folder.join("crates").join(published.name)
}

/// The workspace's folder.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent()
        .expect("the package is in the workspace")
        .to_owned()
}

fn convert_one(
    folder: &Path,
    published: &Published,
    source: &Path,
    compiles_only: bool,
) -> Result<Report> {
    let copy = copy_of(folder, published);
    let mut sources = cargo::copy(source, &copy, &root().join("runtime"), published)?;
    let package = cargo::Package::new(&copy, folder, published);
    let test = || match compiles_only {
        true => Ok(BTreeMap::new()),
        false => package.test(),
    };
    let natively = test()?;
    let reasons = convert::until_it_compiles(&mut sources, &package, compiles_only)?;
    let converted = test()?;
    Ok(Report::new(
        published, &sources, reasons, natively, converted,
    ))
}
