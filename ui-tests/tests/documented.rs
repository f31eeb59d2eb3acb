//! Every public function of `runtime/` that gives a future says what is lost when that is dropped: under "Cancel safety", in
//! its own docs or in those of the future's type.
//!
//! Lines are looked at, and not syntax trees, so that what stands in macros counts too.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;
use walkdir::WalkDir;

const HEADING: &str = "/// # Cancel safety";

struct File {
    name: String,
    lines: Vec<String>,
}

fn files() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
    let mut files = Vec::new();
    for entry in WalkDir::new(&root).sort_by_file_name() {
        let path = entry.expect("the repository can be read").into_path();
        let name = path.strip_prefix(&root).expect("it is below");
        // What expansions call is public, but not for people.
        let is_for_people = !name.starts_with("machine") && !name.ends_with("future/choose.rs");
        if is_for_people && path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a source file is UTF-8");
            files.push(File {
                name: name.display().to_string(),
                lines: text.lines().map(str::to_owned).collect(),
            });
        }
    }
    assert!(!files.is_empty());
    files
}

/// Docs and attributes in front of a line.
fn above(lines: &[String], at: usize) -> &[String] {
    let is_other =
        |line: &String| line.is_empty() || (line.ends_with('{') && !line.contains("///"));
    let begin = lines[..at].iter().rposition(is_other);
    &lines[begin.map_or(0, |line| line + 1)..at]
}

fn has_heading(lines: &[String]) -> bool {
    lines.iter().any(|line| line.trim() == HEADING)
}

/// The first identifier of a text.
fn identifier(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    &text[..end.unwrap_or(text.len())]
}

/// What follows `-> `, up to the body.
fn output(lines: &[String], at: usize) -> String {
    let mut signature = String::new();
    for line in &lines[at..] {
        signature += line;
        signature.push(' ');
        if line.contains('{') || line.ends_with(';') {
            break;
        }
    }
    let output = signature
        .rsplit_once("-> ")
        .map_or("", |(_, output)| output);
    output.to_owned()
}

/// What is known of types, by their names. Two may have the same: then only their own files know which is meant.
#[derive(Default)]
struct Types {
    futures: HashSet<(String, String)>,
    documented: HashSet<String>,
    declared: HashMap<String, usize>,
}

impl Types {
    fn of(files: &[File]) -> Self {
        let mut types = Types::default();
        for file in files {
            for (at, line) in file.lines.iter().enumerate() {
                types.look(file, at, line.trim());
            }
        }
        types
    }

    fn look(&mut self, file: &File, at: usize, line: &str) {
        let implemented = ["Future for ", "Coroutine for "]
            .iter()
            .find_map(|name| Some(line.strip_prefix("impl")?.split_once(name)?.1));
        if let Some(name) = implemented.map(identifier) {
            self.futures.insert((file.name.clone(), name.to_owned()));
        }
        if let Some(name) = line.strip_prefix("pub struct ").map(identifier) {
            *self.declared.entry(name.to_owned()).or_default() += 1;
            if has_heading(above(&file.lines, at)) {
                self.documented.insert(name.to_owned());
            }
        }
    }

    fn is_future(&self, file: &File, name: &str) -> bool {
        match self.declared.get(name) {
            None => false,
            Some(1) => self.futures.iter().any(|(_, future)| future == name),
            Some(_) => {
                let here = (file.name.clone(), name.to_owned());
                self.futures.contains(&here)
            }
        }
    }
}

#[test]
fn what_is_awaited_says_whether_it_may_be_dropped() {
    let files = files();
    let types = Types::of(&files);
    let mut checked = 0;
    let mut missing = Vec::new();
    for file in &files {
        for (at, line) in file.lines.iter().enumerate() {
            let Some(name) = line.trim().strip_prefix("pub fn ") else {
                continue;
            };
            let above = above(&file.lines, at);
            let output = output(&file.lines, at);
            let gives_one = output.contains("Future<") || output.contains("Coroutine<");
            let is_coroutine = above
                .iter()
                .any(|line| line.trim().starts_with("#[costate::coroutine"));
            let kind = identifier(&output);
            if gives_one || is_coroutine || types.is_future(file, kind) {
                checked += 1;
                if !has_heading(above) && !types.documented.contains(kind) {
                    missing.push(format!(
                        "runtime/src/{}:{}: `{}`",
                        file.name,
                        at + 1,
                        identifier(name)
                    ));
                }
            }
        }
    }
    assert!(
        missing.is_empty(),
        "no \"Cancel safety\":\n{}",
        missing.join("\n")
    );
    assert!(checked > 60, "only {checked} functions were found");
}
