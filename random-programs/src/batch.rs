//! Many programs in one file, and back from a line of the file to a statement of a program.

use crate::generate::Program;
use std::fmt::Write;

/// Which halves are written.
#[derive(Clone, Copy, PartialEq)]
pub enum Halves {
    Native,
    Both,
}

/// A file of programs.
pub struct Batch {
    pub text: String,
    /// What stands on each line.
    lines: Vec<Option<At>>,
}

/// A statement of one of the programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The position of the program among those that were given.
    pub program: usize,
    /// The number of the statement in it; 0 is the whole function.
    pub statement: usize,
}

impl Batch {
    /// Writes those programs whose position is listed.
    #[must_use]
    pub fn new(programs: &[Program], listed: &[usize], halves: Halves) -> Self {
        let write = |batch: &mut Self, index: usize| batch.program(&programs[index], halves, index);
        let mut batch = Self::of_modules(listed, write);
        batch.plain("fn main() {");
        batch.plain("let programs: &[(usize, fn())] = &[");
        if halves == Halves::Both {
            for index in listed {
                batch.plain(&format!("({index}, p{index}::compare),"));
            }
        }
        batch.plain("];");
        batch.plain(MAIN);
        batch.plain("}");
        batch
    }

    /// A module for each program that is listed, which `write` fills.
    pub(crate) fn of_modules(listed: &[usize], write: impl Fn(&mut Self, usize)) -> Self {
        let mut batch = Self {
            text: String::new(),
            lines: Vec::new(),
        };
        batch.plain("#![allow(warnings)]");
        for &index in listed {
            let whole = At {
                program: index,
                statement: 0,
            };
            let begun = batch.lines.len();
            batch.plain(&format!("mod p{index} {{"));
            write(&mut batch, index);
            batch.plain("}");
            for line in &mut batch.lines[begun..] {
                line.get_or_insert(whole);
            }
        }
        batch
    }

    /// Text that is no statement of a program.
    pub(crate) fn plain(&mut self, text: &str) {
        for line in text.lines() {
            self.text.push_str(line);
            self.text.push('\n');
            self.lines.push(None);
        }
    }

    fn program(&mut self, program: &Program, halves: Halves, index: usize) {
        let whole = At {
            program: index,
            statement: 0,
        };
        self.plain("use costate_tests::{log::say, props::*};");
        self.plain(ITEMS);
        self.half(whole, program, ["native", "async ", "std::future::Future"]);
        if halves == Halves::Both {
            self.half(
                whole,
                program,
                ["machine", "#[costate::coroutine] ", "costate::Coroutine"],
            );
            let compare = match program.cleans_up {
                true => "compare_with_clean_up",
                false => "compare_every",
            };
            let text = COMPARE.replace("OUTPUT", &program.output.to_string());
            self.plain(&text.replace("compare_every", compare));
        }
    }

    fn half(&mut self, whole: At, program: &Program, [name, prefix, bound]: [&str; 3]) {
        self.plain(&format!("mod {name} {{ use super::*;"));
        let rendered = program.function.render();
        let _ = writeln!(self.text, "{prefix}{}", rendered.text);
        self.lines.extend(
            rendered
                .lines
                .iter()
                .map(|&statement| Some(At { statement, ..whole })),
        );
        let (output, arguments) = (&program.output, &program.arguments);
        self.plain(&format!(
            "pub fn make() -> impl {bound}<Output = {output}> {{ start({arguments}) }} }}"
        ));
    }

    /// The text of a line, counted from one.
    #[must_use]
    pub fn line(&self, line: usize) -> String {
        self.text
            .lines()
            .nth(line.saturating_sub(1))
            .unwrap_or_default()
            .trim()
            .to_owned()
    }

    /// What stands on a line, counted from one.
    #[must_use]
    pub fn at(&self, line: usize) -> Option<At> {
        self.lines.get(line.checked_sub(1)?).copied().flatten()
    }
}

/// What a `defer!` is in the `async fn` (the machine's is the attribute's), and what programs about temporaries are made of.
const ITEMS: &str = "#[derive(Debug)] pub struct W<A, B> { pub n: A, pub m: B }
pub fn f<T>(_: T) -> usize { 1 }
struct AtEnd<F: FnMut()>(F);
impl<F: FnMut()> Drop for AtEnd<F> { fn drop(&mut self) { if !std::thread::panicking() { (self.0)() } } }
macro_rules! defer { ($($tokens:tt)*) => { let _guard = AtEnd(|| { $($tokens)* }); } }";

/// Behind pointers, so that the harness isn't compiled anew for each program.
const COMPARE: &str = "pub fn compare() {
    type Machine = std::pin::Pin<Box<dyn costate::Coroutine<Output = OUTPUT>>>;
    type Native = std::pin::Pin<Box<dyn std::future::Future<Output = OUTPUT>>>;
    let machine: fn() -> Machine = || Box::pin(machine::make());
    let native: fn() -> Native = || Box::pin(native::make());
    costate_tests::run::play::<dyn costate_tests::run::Half>(&|| Box::pin(native()), &[costate_tests::run::Act::Poll; 200]);
    println!(\"\x01ends \");
    costate_tests::schedule::compare_every(&machine, &native);
}";

/// Runs the programs from a position on, and says before and after each how it stands.
const MAIN: &str = r#"
let first: usize = std::env::args().nth(1).map_or(0, |text| text.parse().unwrap());
std::panic::set_hook(Box::new(|_| {}));
for (index, compare) in programs.iter().filter(|(index, _)| *index >= first) {
    println!("\x01begin {index}");
    match std::panic::catch_unwind(compare) {
        Ok(()) => println!("\x01agrees {index}"),
        Err(payload) => {
            let words = payload.downcast_ref::<String>().cloned();
            println!("\x01differs {index}\n{}", words.unwrap_or_default());
        }
    }
}
"#;

/// The program as a case of the differential tests.
#[must_use]
pub fn as_case(program: &Program, name: &str) -> String {
    let body = program.function.render().text;
    let arguments = program.arguments.trim_end_matches(", ");
    format!(
        "differential! {{\nfn {name}() -> {} = start({arguments});\n#[half::coroutine]\n{body}\n}}\n",
        program.output
    )
}
