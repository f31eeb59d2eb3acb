//! What it takes to compile coroutines: time with and without optimisations, the macro's own part of it, and how large the code
//! is that comes of it.
//!
//! Programs are written below the target directory and compiled by cargo in turn, ours and theirs; of several runs the shortest
//! counts. The dependencies are compiled before the clock starts.

use crate::Effort;
use crate::report::{Report, Row};
use crate::source::{Many, Written, program};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use std::{fs, io};

const FUNCTIONS: usize = 300;

pub fn tables(effort: Effort, report: &mut Report) {
    if let Err(error) = measure(effort, report) {
        println!("compile: left out, {error}");
    }
}

fn measure(effort: Effort, report: &mut Report) -> io::Result<()> {
    let crates = Crates::new()?;
    let runs = if effort.full { 5 } else { 2 };
    report.table("compile", []);
    for how in ["check", "build", "build --release"] {
        let name = format!("{FUNCTIONS} functions, {how}");
        report.add(crates.row(name, Many::Functions(FUNCTIONS), how, runs)?);
    }
    report.add(crates.code_size()?);
    crates.macro_time(report)?;
    let points: [&[usize]; 3] = match effort.full {
        true => [
            &[1, 25, 50, 100, 200],
            &[1, 25, 50, 100, 200],
            &[1, 10, 20, 50, 100],
        ],
        false => [&[25, 50], &[25, 50], &[10, 20]],
    };
    type Curve = (&'static str, fn(usize) -> Many);
    let curves: [Curve; 3] = [
        ("awaits", Many::Awaits),
        ("locals", Many::Locals),
        ("deep", Many::Depth),
    ];
    for ((what, many), points) in curves.into_iter().zip(points) {
        for point in points {
            for how in ["check", "build"] {
                let name = format!("{point} {what}, {how}");
                report.add(crates.row(name, many(*point), how, runs)?);
            }
        }
    }
    Ok(())
}

/// Two packages, one of coroutines and one of `async fn`s.
struct Crates(PathBuf);

impl Crates {
    fn new() -> io::Result<Self> {
        let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("compile");
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let runtime = workspace.join("runtime");
        let crates = Crates(root);
        for written in [Written::Ours, Written::Theirs] {
            let folder = crates.folder(written);
            fs::create_dir_all(folder.join("src"))?;
            let dependency = match written {
                Written::Ours => format!("costate = {{ path = {runtime:?} }}\n"),
                Written::Theirs => String::new(),
            };
            let manifest = format!(
                "[package]\nname = \"measured\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
                 [dependencies]\n{dependency}[profile.dev]\nincremental = false\n\
                 [profile.release]\nstrip = true\n[workspace]\n"
            );
            fs::write(folder.join("Cargo.toml"), manifest)?;
            if written == Written::Ours {
                fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"))?;
            }
        }
        Ok(crates)
    }

    fn folder(&self, written: Written) -> PathBuf {
        self.0.join(match written {
            Written::Ours => "ours",
            Written::Theirs => "theirs",
        })
    }

    fn row(&self, name: String, many: Many, how: &str, runs: usize) -> io::Result<Row> {
        let mut best = [f64::INFINITY; 2];
        let both = [Written::Ours, Written::Theirs];
        for written in both {
            // The dependencies, and whatever is read for the first time.
            self.seconds(many, written, how)?;
        }
        for _ in 0..runs {
            for (written, best) in both.into_iter().zip(&mut best) {
                *best = best.min(self.seconds(many, written, how)?);
            }
        }
        Ok(Row::new("compile", name, "s", best[0], best[1]))
    }

    fn seconds(&self, many: Many, written: Written, how: &str) -> io::Result<f64> {
        let source = self.folder(written).join("src/main.rs");
        fs::write(source, program(many, written))?;
        let begun = Instant::now();
        self.cargo(written, how)?;
        Ok(begun.elapsed().as_secs_f64())
    }

    /// Runs cargo, and gives what it printed.
    fn cargo(&self, written: Written, how: &str) -> io::Result<String> {
        let target = self.folder(written).join("target");
        let (before, after) = how.split_once(" -- ").unwrap_or((how, ""));
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
        cargo.args(before.split(' ')).args(["--quiet", "--offline"]);
        if !after.is_empty() {
            // What only nightly compilers let be asked.
            cargo.args(["--", after]).env("RUSTC_BOOTSTRAP", "1");
        }
        let output = cargo
            .current_dir(self.folder(written))
            .env("CARGO_TARGET_DIR", target)
            .output()?;
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8_lossy(&said).into_owned();
        match output.status.success() {
            true => Ok(said),
            false => Err(io::Error::other(format!("cargo {how} fails: {said}"))),
        }
    }

    /// The bytes that the functions add to a program without any, stripped, optimised.
    fn code_size(&self) -> io::Result<Row> {
        let added = |written| {
            let size = |functions| {
                self.seconds(Many::Functions(functions), written, "build --release")?;
                let program = self.folder(written).join("target/release/measured");
                io::Result::Ok(fs::metadata(program)?.len() as f64)
            };
            io::Result::Ok(size(FUNCTIONS)? - size(0)?)
        };
        let (ours, theirs) = (added(Written::Ours)?, added(Written::Theirs)?);
        let name = format!("{FUNCTIONS} functions, code");
        Ok(Row::new("compile", name, "bytes", ours, theirs))
    }

    /// What the compiler takes for the macros of the program, by its own clock, less what it takes without any.
    fn macro_time(&self, report: &mut Report) -> io::Result<()> {
        let how = "rustc --profile check -- -Ztime-passes";
        let mut seconds = [f64::INFINITY; 2];
        for _ in 0..2 {
            for (written, least) in [Written::Ours, Written::Theirs]
                .into_iter()
                .zip(&mut seconds)
            {
                let source = self.folder(written).join("src/main.rs");
                fs::write(source, program(Many::Functions(FUNCTIONS), written))?;
                let said = self.passes(written, how)?;
                *least = least.min(said);
            }
        }
        let each = seconds.map(|all| 1000.0 * all / FUNCTIONS as f64);
        let name = "the macro, a function";
        report.add(Row::new("compile", name, "ms to expand", each[0], each[1]));
        Ok(())
    }

    fn passes(&self, written: Written, how: &str) -> io::Result<f64> {
        let said = self.cargo(written, how)?;
        let pass = said
            .lines()
            .find(|line| line.ends_with("macro_expand_crate"));
        let time = pass.and_then(|line| line.split("time:").nth(1)?.split(';').next());
        let time = time.and_then(|time| time.trim().parse().ok());
        time.ok_or_else(|| io::Error::other(format!("no times of passes in: {said}")))
    }
}
