//! `cargo run -p costate-mistakes -- --count 300 --seed 1`: makes small mistakes in the bodies of `bodies/`,
//! one a program, and compares what the compiler says of them in a coroutine and in an `async fn`.

mod mistake;
mod said;

use costate_random_programs::compile::Compiler;
use mistake::{Mistake, mistakes};
use said::{Said, said};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use syn::visit::Visit;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// The line above the function that is compiled both ways.
const MARK: &str = "// subject";

/// A body with a mistake in it.
struct Program {
    name: String,
    text: String,
}

fn main() -> Result<ExitCode> {
    let mut seed = 1;
    let mut count = usize::MAX;
    let mut only = None;
    let mut shown = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(option) = arguments.next() {
        let value = arguments
            .next()
            .ok_or_else(|| format!("{option} takes a value"))?;
        match option.as_str() {
            "--seed" => seed = value.parse()?,
            "--count" => count = value.parse()?,
            "--only" => only = Some(value),
            "--show" => shown = Some(value),
            _ => {
                return Err(format!(
                    "unknown option {option}: --seed, --count, --only and --show are there"
                )
                .into());
            }
        }
    }
    let mut programs = programs(Path::new(env!("CARGO_MANIFEST_DIR")).join("bodies"))?;
    let compiler = Compiler::new("2024")?;
    if let Some(shown) = shown {
        programs.retain(|program| program.name.contains(&shown));
        return show(&compiler, &programs);
    }
    match only {
        Some(only) => programs.retain(|program| program.name.contains(&only)),
        None => fastrand::Rng::with_seed(seed).shuffle(&mut programs),
    }
    programs.truncate(count);
    report(&compiler, &programs)
}

/// Prints what the compiler says of each, as it says it.
fn show(compiler: &Compiler, programs: &[Program]) -> Result<ExitCode> {
    for program in programs {
        for text in [program.text.clone(), as_coroutine(&program.text)] {
            println!("--- {}", program.name);
            for message in compiler.diagnostics(&text)? {
                print!("{}", message["rendered"].as_str().unwrap_or_default());
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Compiles each both ways, prints what differs, and counts.
fn report(compiler: &Compiler, programs: &[Program]) -> Result<ExitCode> {
    let mut alike = 0;
    let mut more = 0;
    for program in programs {
        let twice = [program.text.clone(), as_coroutine(&program.text)]
            .map(|text| compiler.diagnostics(&text).map(|messages| said(&messages)));
        let [expected, found] = twice;
        let (expected, found) = (expected?, found?);
        if expected == found {
            alike += 1;
            continue;
        }
        more += usize::from(found.len() > expected.len());
        println!("--- {}", program.name);
        print(&expected, &found, "async fn ");
        print(&found, &expected, "coroutine");
    }
    let count = programs.len();
    println!(
        "{count} mistakes: {alike} with the same messages, {} with others, {more} of them with more",
        count - alike
    );
    Ok(ExitCode::SUCCESS)
}

/// What only one of them says.
fn print(all: &[Said], others: &[Said], whose: &str) {
    for said in all {
        let mark = if others.contains(said) { ' ' } else { '*' };
        println!("  {whose} {mark} {said}");
    }
}

/// The same text but for the attribute and the word, line by line and column by column.
fn as_coroutine(text: &str) -> String {
    text.replacen(MARK, "#[costate::coroutine]", 1)
        .replacen("async fn ", "fn       ", 1)
}

/// Every mistake of every body.
fn programs(folder: PathBuf) -> Result<Vec<Program>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    paths.sort();
    let mut programs = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path)?;
        let file = syn::parse_file(&text)?;
        let mut subject = Subject(None);
        subject.visit_file(&file);
        let block = subject
            .0
            .ok_or_else(|| format!("{}: no `async fn`", path.display()))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        programs.extend(
            mistakes(&text, &block)
                .iter()
                .map(|mistake| program(&name, &text, mistake)),
        );
    }
    Ok(programs)
}

fn program(name: &str, text: &str, mistake: &Mistake) -> Program {
    let before = &text[..mistake.bytes.start];
    let line = before.matches('\n').count() + 1;
    let column = before.len() - before.rfind('\n').map_or(0, |end| end + 1) + 1;
    Program {
        name: format!("{name}.rs:{line}:{column} {}", mistake.kind),
        text: mistake.make(text),
    }
}

/// The body of the file's `async fn`.
struct Subject(Option<syn::Block>);

impl<'ast> Visit<'ast> for Subject {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if function.sig.asyncness.is_some() {
            self.0 = Some((*function.block).clone());
        }
    }
    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if function.sig.asyncness.is_some() {
            self.0 = Some(function.block.clone());
        }
    }
}
