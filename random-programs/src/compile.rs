//! rustc, called directly: one file against what cargo has built of the tests.

use serde_json::Value;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What programs are compiled against and where.
pub struct Compiler {
    folder: PathBuf,
    dependencies: PathBuf,
    externs: Vec<String>,
    pub edition: &'static str,
}

/// An error of rustc's.
#[derive(Clone, Debug)]
pub struct Problem {
    pub code: String,
    pub message: String,
    /// Lines of the file, those it is about first.
    pub lines: Vec<usize>,
    /// What stands on the first of them.
    pub text: String,
}

/// How far to go.
#[derive(Clone, Copy, PartialEq)]
pub enum Until {
    Checked,
    Linked,
}

impl Compiler {
    /// Builds what the programs need.
    ///
    /// # Errors
    ///
    /// If cargo can't be run or doesn't build it.
    pub fn new(edition: &'static str) -> io::Result<Self> {
        let output = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
            .args([
                "build",
                "-p",
                "costate-tests",
                "-p",
                "costate",
                "--message-format=json",
            ])
            .stderr(std::process::Stdio::inherit())
            .output()?;
        let artifacts = messages(&output.stdout);
        let (machine, tests) = (
            library(&artifacts, "costate")?,
            library(&artifacts, "costate_tests")?,
        );
        // Next to the crates themselves.
        let target = machine.parent().unwrap_or(Path::new(".")).to_owned();
        let folder = target.join("random-programs");
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            dependencies: target.join("deps"),
            folder,
            externs: vec![
                format!("costate={}", machine.display()),
                format!("costate_tests={}", tests.display()),
            ],
            edition,
        })
    }

    /// Compiles a file; the errors, or the program.
    ///
    /// # Errors
    ///
    /// If files can't be written or rustc can't be run.
    pub fn compile(&self, text: &str, until: Until) -> io::Result<Result<PathBuf, Vec<Problem>>> {
        let source = self.folder.join(format!("batch{}.rs", std::process::id()));
        let binary = source.with_extension("bin");
        std::fs::write(&source, text)?;
        let emit = match until {
            Until::Checked => format!(
                "--emit=metadata={}",
                source.with_extension("rmeta").display()
            ),
            Until::Linked => format!("--emit=link={}", binary.display()),
        };
        let mut rustc = Command::new("rustc");
        rustc
            .arg(&source)
            .args(["--edition", self.edition, "--crate-type=bin", &emit]);
        rustc.args([
            "--error-format=json",
            "--cap-lints=allow",
            "-Cdebuginfo=0",
            "-Ccodegen-units=2",
            "-L",
        ]);
        rustc.arg(format!("dependency={}", self.dependencies.display()));
        for path in &self.externs {
            rustc.args(["--extern", path]);
        }
        let output = rustc.output()?;
        if output.status.success() {
            return Ok(Ok(binary));
        }
        let problems: Vec<_> = messages(&output.stderr)
            .iter()
            .filter_map(problem)
            .collect();
        Ok(Err(problems))
    }
}

/// Where a library was built.
fn library(artifacts: &[Value], name: &str) -> io::Result<PathBuf> {
    let is_it =
        |value: &&Value| value["reason"] == "compiler-artifact" && value["target"]["name"] == name;
    let files = artifacts
        .iter()
        .find(is_it)
        .map(|value| &value["filenames"]);
    let files = files.and_then(Value::as_array).into_iter().flatten();
    let mut files = files.filter_map(Value::as_str);
    let file = files.find(|file| file.ends_with(".rlib"));
    file.map(PathBuf::from)
        .ok_or_else(|| io::Error::other(format!("cargo built no {name}")))
}

fn messages(output: &[u8]) -> Vec<Value> {
    let text = String::from_utf8_lossy(output);
    text.lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

fn problem(message: &Value) -> Option<Problem> {
    let level = message["level"].as_str()?;
    if !level.starts_with("error") {
        return None;
    }
    let spans = message["spans"].as_array()?;
    let mut lines = Vec::new();
    for wanted in [true, false] {
        for span in spans.iter().filter(|span| span["is_primary"] == wanted) {
            lines.extend(line_of(span));
        }
    }
    Some(Problem {
        code: message["code"]["code"].as_str().unwrap_or("-").to_owned(),
        message: message["message"].as_str()?.to_owned(),
        lines,
        text: String::new(),
    })
}

/// The line of a span, or of the outermost macro call that it comes from.
fn line_of(span: &Value) -> Option<usize> {
    let call = &span["expansion"]["span"];
    if call.is_object() {
        return line_of(call);
    }
    usize::try_from(span["line_start"].as_u64()?).ok()
}
