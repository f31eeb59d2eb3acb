//! A source file with some of its `async fn`s as coroutines.

use crate::Result;
use crate::cargo::{CompileError, Package};
use crate::functions::{self, Function, Way};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Makes everything a coroutine, and gives back what errors point at until there are none: in all ways of
/// building it, or by `cargo check` alone. Says why of each.
pub fn until_it_compiles(
    sources: &mut [Source],
    package: &Package<'_>,
    once: bool,
) -> Result<BTreeMap<String, String>> {
    let mut reasons = BTreeMap::new();
    sources.iter_mut().for_each(Source::convert_all);
    loop {
        sources.iter().try_for_each(Source::write)?;
        let errors = package.check(once)?;
        if errors.is_empty() {
            return Ok(reasons);
        }
        package.keep(&errors)?;
        let mut given_back = 0;
        for error in &errors {
            for source in sources.iter_mut() {
                for name in source.give_back(error) {
                    println!("   {name}: {}", error.summary());
                    reasons.insert(name, error.summary());
                    given_back += 1;
                }
            }
        }
        if given_back == 0 {
            let text: Vec<_> = errors.iter().map(|error| error.rendered.as_str()).collect();
            return Err(format!("errors outside of any function:\n{}", text.join("\n")).into());
        }
    }
}

pub struct Source {
    /// Where the changed copy stands, relative to the package.
    pub path: PathBuf,
    file: PathBuf,
    text: String,
    pub functions: Vec<Function>,
    pub of_traits: usize,
    /// By index: those that are coroutines now.
    converted: BTreeSet<usize>,
}

impl Source {
    /// A file of a package; `None` if it has no function to convert.
    pub fn read(package: &Path, path: &Path) -> Result<Option<Source>> {
        let file = package.join(path);
        let text = std::fs::read_to_string(&file)?;
        // What does not parse as a file is included into one that does, by a macro.
        let Ok(found) = functions::find(&text) else {
            return Ok(None);
        };
        if found.functions.is_empty() && found.of_traits == 0 {
            return Ok(None);
        }
        Ok(Some(Source {
            path: path.to_owned(),
            file,
            text,
            functions: found.functions,
            of_traits: found.of_traits,
            converted: BTreeSet::new(),
        }))
    }

    pub fn convert_all(&mut self) {
        self.converted = (0..self.functions.len()).collect();
    }

    pub fn converted(&self) -> usize {
        self.converted.len()
    }

    /// Takes back the innermost functions that an error points at; says which.
    pub fn give_back(&mut self, error: &CompileError) -> Vec<String> {
        let lines = error.lines_in(&self.path);
        let mut names = Vec::new();
        for line in lines {
            let around = self.converted.iter().copied();
            let around = around.filter(|at| self.functions[*at].lines.contains(&line));
            let innermost = around.min_by_key(|at| self.functions[*at].lines.len());
            if let Some(at) = innermost {
                self.converted.remove(&at);
                let function = &self.functions[at];
                let (path, line) = (self.path.display(), function.lines.start);
                names.push(format!("{path}:{line} {}", function.name));
            }
        }
        names
    }

    pub fn write(&self) -> Result<()> {
        std::fs::write(&self.file, self.changed())?;
        Ok(())
    }

    /// The text, on the same lines as before.
    fn changed(&self) -> String {
        let mut edits = Vec::new();
        for at in &self.converted {
            let function = &self.functions[*at];
            match function.way {
                Way::Attribute => {
                    edits.push((function.async_keyword.clone(), String::new()));
                    let item = function.item;
                    edits.push((item..item, "#[::costate::coroutine] ".into()));
                }
                Way::Inside => {
                    let signature = &self.text[function.signature.clone()];
                    let inner = signature.replace('\n', " ");
                    let (start, end) = (function.body.start, function.body.end);
                    edits.push((start..start, format!("{{ #[::costate::coroutine] {inner} ")));
                    edits.push((end..end, format!(" {}().await }}", function.name)));
                }
            }
        }
        edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = String::new();
        let mut copied = 0;
        for (range, put) in edits {
            text.push_str(&self.text[copied..range.start.max(copied)]);
            text.push_str(&put);
            copied = copied.max(range.end);
        }
        text.push_str(&self.text[copied..]);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converted(text: &str) -> String {
        let found = functions::find(text).expect("the test's text parses");
        let mut source = Source {
            path: PathBuf::new(),
            file: PathBuf::new(),
            text: text.into(),
            functions: found.functions,
            of_traits: found.of_traits,
            converted: BTreeSet::new(),
        };
        source.convert_all();
        source.changed()
    }

    #[test]
    fn an_async_fn_becomes_a_coroutine_in_place() {
        assert_eq!(
            converted("/// Doc.\npub async fn f(x: u8) -> u8 { g(x).await }"),
            "/// Doc.\n#[::costate::coroutine] pub fn f(x: u8) -> u8 { g(x).await }"
        );
    }

    #[test]
    fn a_function_under_another_attribute_awaits_a_coroutine() {
        assert_eq!(
            converted("#[tokio::test]\nasync fn f() -> T { g().await }"),
            "#[tokio::test]\nasync fn f() -> T { #[::costate::coroutine] fn f() -> T  { g().await } f().await }"
        );
    }

    #[test]
    fn methods_of_traits_are_left_alone() {
        let text = "impl T for S { async fn f(&self) { g().await } }";
        assert_eq!(converted(text), text);
    }
}
