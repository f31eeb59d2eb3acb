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
        let (source, mut rustc) = self.rustc(text)?;
        let binary = source.with_extension("bin");
        rustc.arg(match until {
            Until::Checked => format!(
                "--emit=metadata={}",
                source.with_extension("rmeta").display()
            ),
            Until::Linked => format!("--emit=link={}", binary.display()),
        });
        rustc.args(["--cap-lints=allow", "-Cdebuginfo=0", "-Ccodegen-units=2"]);
        let output = rustc.output()?;
        if output.status.success() {
            return Ok(Ok(binary));
        }
        Ok(Err(problems(&messages(&output.stderr), &source)))
    }
}

impl Compiler {
    /// What rustc says of a file, errors and warnings.
    ///
    /// # Errors
    ///
    /// If files can't be written or rustc can't be run.
    pub fn diagnostics(&self, text: &str) -> io::Result<Vec<Value>> {
        let (source, mut rustc) = self.rustc(text)?;
        let target = source.with_extension("rmeta");
        rustc.arg(format!("--emit=metadata={}", target.display()));
        Ok(messages(&rustc.args(["-Adead_code"]).output()?.stderr))
    }

    /// Writes the file; the compiler on its way to it.
    fn rustc(&self, text: &str) -> io::Result<(PathBuf, Command)> {
        let source = self.folder.join(format!("batch{}.rs", std::process::id()));
        std::fs::write(&source, text)?;
        // It leaves files of names that are too long to print in the directory that it runs in.
        let mut rustc = Command::new("rustc");
        rustc.current_dir(&self.folder).arg(&source).args([
            "--edition",
            self.edition,
            "--crate-type=bin",
            "--error-format=json",
            "-L",
        ]);
        rustc.arg(format!("dependency={}", self.dependencies.display()));
        for path in &self.externs {
            rustc.args(["--extern", path]);
        }
        Ok((source, rustc))
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

fn problems(messages: &[Value], source: &Path) -> Vec<Problem> {
    let mut problems: Vec<Problem> = Vec::new();
    for message in messages {
        let text = message["message"].as_str().unwrap_or_default();
        // Of an error in generic code a note of its own says which program it comes from.
        if text.starts_with("the above error was encountered")
            && let Some(last) = problems.last_mut()
        {
            last.lines.extend(lines(message, source));
        }
        let level = message["level"].as_str().unwrap_or_default();
        if level.starts_with("error") && !text.starts_with("aborting due to") {
            problems.push(Problem {
                code: message["code"]["code"].as_str().unwrap_or("-").to_owned(),
                message: text.to_owned(),
                lines: lines(message, source),
                text: String::new(),
            });
        }
    }
    problems
}

/// The lines of the source that a message is about, its primary spans first.
fn lines(message: &Value, source: &Path) -> Vec<usize> {
    let spans = message["spans"].as_array().into_iter().flatten();
    let (primary, other): (Vec<_>, Vec<_>) = spans.partition(|span| span["is_primary"] == true);
    let all = primary.into_iter().chain(other);
    all.filter_map(|span| line_of(span, source)).collect()
}

/// The line of a span, or of the outermost macro call that it comes from.
fn line_of(span: &Value, source: &Path) -> Option<usize> {
    let call = &span["expansion"]["span"];
    if call.is_object() {
        return line_of(call, source);
    }
    let here = span["file_name"]
        .as_str()
        .is_some_and(|file| Path::new(file) == source);
    here.then(|| usize::try_from(span["line_start"].as_u64()?).ok())?
}
