//! Cargo: fetches crates, checks and tests their changed copies.

use crate::Result;
use crate::convert::Source;
use crate::crates::Published;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The folders that cargo has put the crates' sources into.
pub fn fetch(folder: &Path, chosen: &[&Published]) -> Result<Vec<PathBuf>> {
    let mut sources = Vec::new();
    for published in chosen {
        // One project a crate, so that the requirements of one are none of the other's.
        let project = folder.join("fetch").join(published.name);
        std::fs::create_dir_all(project.join("src"))?;
        std::fs::write(project.join("src/lib.rs"), "")?;
        let (name, version) = (published.name, published.version);
        let manifest = format!(
            "[package]\nname = \"fetch\"\nedition = \"2024\"\n[dependencies]\n{name} = \"={version}\"\n[workspace]\n"
        );
        std::fs::write(project.join("Cargo.toml"), manifest)?;
        let output = cargo()
            .args(["metadata", "--format-version", "1"])
            .current_dir(&project)
            .stderr(Stdio::inherit())
            .output()?;
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let packages = metadata["packages"].as_array().into_iter().flatten();
        let package = packages
            .into_iter()
            .find(|package| package["name"] == name && package["version"] == version)
            .ok_or_else(|| format!("cargo does not know {name} {version}"))?;
        let manifest = package["manifest_path"].as_str().unwrap_or_default();
        let source = Path::new(manifest).parent();
        sources.push(source.ok_or("a manifest is in a folder")?.to_owned());
    }
    Ok(sources)
}

/// Copies a crate, makes `costate` one of its dependencies, and reads its sources.
pub fn copy(from: &Path, to: &Path, runtime: &Path, published: &Published) -> Result<Vec<Source>> {
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    let mut sources = Vec::new();
    for entry in walkdir::WalkDir::new(from).sort_by_file_name() {
        let entry = entry?;
        let path = entry.path().strip_prefix(from)?;
        let target = to.join(path);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(target)?;
            continue;
        }
        std::fs::write(&target, std::fs::read(entry.path())?)?;
        if path.extension().is_some_and(|extension| extension == "rs")
            && is_looked_at(path, published)
        {
            sources.extend(Source::read(to, path)?);
        }
    }
    let manifest = to.join("Cargo.toml");
    let mut text = std::fs::read_to_string(&manifest)?;
    let runtime = runtime.display();
    write!(
        text,
        "\n[dependencies.costate]\npath = {:?}\n",
        runtime.to_string()
    )?;
    // Nothing of the workspace around: `target/` is in it.
    if !text.contains("\n[workspace]") {
        text.push_str("\n[workspace]\n");
    }
    std::fs::write(manifest, text)?;
    Ok(sources)
}

fn is_looked_at(path: &Path, published: &Published) -> bool {
    let first = path.components().next().map(|c| c.as_os_str().to_owned());
    let has = |target: &str| published.targets.contains(&target);
    match first.as_ref().and_then(|name| name.to_str()) {
        Some("src") => true,
        Some("tests") => has("--tests"),
        Some("examples") => has("--examples"),
        _ => false,
    }
}

/// A changed copy, and how it is built.
pub struct Package<'a> {
    copy: &'a Path,
    target: PathBuf,
    published: &'a Published,
}

impl<'a> Package<'a> {
    pub fn new(copy: &'a Path, folder: &Path, published: &'a Published) -> Self {
        Package {
            copy,
            target: folder.join("target"),
            published,
        }
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = cargo();
        command
            .args(words)
            .args(["--features", &self.published.features.join(",")])
            .args(self.published.targets)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .env("CARGO_PROFILE_TEST_DEBUG", "0")
            // What a crate denies of its own lints would hide what is asked here.
            .env("RUSTFLAGS", "--cap-lints=warn")
            .current_dir(self.copy);
        command
    }

    /// Downloads everything that a build needs; says whether that could be.
    pub fn fetch(&self) -> Result<bool> {
        let status = cargo().arg("fetch").current_dir(self.copy).status()?;
        Ok(status.success())
    }

    /// The errors of a build; none if it succeeds. All targets are tried; in one way, or in all.
    pub fn check(&self, once: bool) -> Result<Vec<CompileError>> {
        // With and without what is compiled for tests alone; and some errors come only with the code.
        let ways = [
            &["check", "--keep-going", "--message-format=json"][..],
            &[
                "check",
                "--profile=test",
                "--keep-going",
                "--message-format=json",
            ][..],
            &[
                "test",
                "--no-run",
                "--no-fail-fast",
                "--message-format=json",
            ][..],
        ];
        for words in &ways[..if once { 1 } else { ways.len() }] {
            let output = self.command(words).stderr(Stdio::null()).output()?;
            let mut errors: Vec<CompileError> = Vec::new();
            for line in String::from_utf8_lossy(&output.stdout).lines() {
                CompileError::read(line, &mut errors);
            }
            if errors.is_empty() && !output.status.success() {
                return Err("cargo failed without an error of rustc's".into());
            }
            if !errors.is_empty() {
                return Ok(errors);
            }
        }
        Ok(Vec::new())
    }

    /// Appends errors as rustc writes them to `errors.log` in the copy, for whoever looks into one.
    pub fn keep(&self, errors: &[CompileError]) -> Result<()> {
        let mut options = std::fs::OpenOptions::new();
        let mut log = options
            .create(true)
            .append(true)
            .open(self.copy.join("errors.log"))?;
        for error in errors {
            log.write_all(error.rendered.as_bytes())?;
        }
        Ok(())
    }

    /// What each test said.
    pub fn test(&self) -> Result<BTreeMap<String, Outcome>> {
        let mut command = self.command(&["test", "--no-fail-fast"]);
        command.arg("--").args(["--test-threads", "4"]);
        for skipped in self.published.skipped_tests {
            command.args(["--skip", skipped]);
        }
        let output = command.stderr(Stdio::null()).output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        std::fs::write(self.copy.join("tests.log"), &text)?;
        let mut outcomes = BTreeMap::new();
        let mut binary = 0;
        for line in text.lines() {
            binary += usize::from(line.starts_with("running "));
            let Some((name, outcome)) = line
                .strip_prefix("test ")
                .and_then(|rest| rest.rsplit_once(" ... "))
            else {
                continue;
            };
            let outcome = match outcome {
                "ok" => Outcome::Passed,
                _ if outcome.starts_with("ignored") => continue,
                _ => Outcome::Failed,
            };
            outcomes.insert(format!("{binary} {name}"), outcome);
        }
        Ok(outcomes)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Passed,
    Failed,
}

/// An error of rustc's and where it points.
pub struct CompileError {
    message: String,
    code: Option<String>,
    pub rendered: String,
    places: Vec<(PathBuf, usize)>,
}

impl CompileError {
    /// Adds what one line of cargo's says to the errors.
    fn read(line: &str, errors: &mut Vec<CompileError>) {
        let Ok(value) = serde_json::from_str::<Value>(line) else {
            return;
        };
        let message = &value["message"];
        let text = message["message"].as_str().unwrap_or_default();
        // An error in generic code says in a note of its own which function it comes from.
        if text.starts_with("the above error was encountered") {
            if let Some(last) = errors.last_mut() {
                gather(message, false, &mut last.places);
            }
            return;
        }
        let counts = ["aborting due to", "could not compile"];
        if value["reason"] != "compiler-message"
            || message["level"] != "error"
            || counts.iter().any(|count| text.starts_with(count))
        {
            return;
        }
        let mut places = Vec::new();
        gather(message, true, &mut places);
        if places.is_empty() {
            gather(message, false, &mut places);
        }
        errors.push(CompileError {
            message: text.to_owned(),
            code: message["code"]["code"].as_str().map(str::to_owned),
            rendered: message["rendered"].as_str().unwrap_or_default().to_owned(),
            places,
        });
    }

    pub fn lines_in(&self, path: &Path) -> Vec<usize> {
        let here = self.places.iter().filter(|(file, _)| file == path);
        here.map(|(_, line)| *line).collect()
    }

    pub fn summary(&self) -> String {
        let code = self.code.as_deref().unwrap_or("costate");
        format!("{code}: {}", self.message)
    }
}

/// The lines of the package's own files that a message names; by its primary spans alone, or by all.
fn gather(message: &Value, primary: bool, places: &mut Vec<(PathBuf, usize)>) {
    for span in message["spans"].as_array().into_iter().flatten() {
        if primary && span["is_primary"] != true {
            continue;
        }
        let mut span = span;
        loop {
            if let (Some(file), Some(line)) =
                (span["file_name"].as_str(), span["line_start"].as_u64())
                && Path::new(file).is_relative()
            {
                places.push((file.into(), line as usize));
            }
            match &span["expansion"]["span"] {
                Value::Null => break,
                outer => span = outer,
            }
        }
    }
    if !primary {
        for child in message["children"].as_array().into_iter().flatten() {
            gather(child, false, places);
        }
    }
}
