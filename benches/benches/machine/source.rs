//! Programs to compile, each the same text as coroutines and as `async fn`s.

use std::fmt::Write as _;

/// Who writes the functions.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Written {
    Ours,
    Theirs,
}

impl Written {
    fn head(self) -> &'static str {
        match self {
            Written::Ours => "#[costate::coroutine]\nfn",
            Written::Theirs => "async fn",
        }
    }
}

/// What a program has many of.
#[derive(Clone, Copy)]
pub enum Many {
    /// Functions of six awaits each.
    Functions(usize),
    /// Awaits in one function.
    Awaits(usize),
    /// Locals that are held across ten awaits.
    Locals(usize),
    /// Functions that each await the next one.
    Depth(usize),
}

const BEGINNING: &str = "#![recursion_limit = \"1024\"]
#![allow(dead_code)]
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
struct Tick(bool);
impl Future for Tick {
    type Output = u32;
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(1) } else { Poll::Pending }
    }
}
fn tick(n: u32) -> Tick { Tick(n > 3) }
fn run<F: Future>(f: F) {
    let mut f = Box::pin(f);
    while f.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending() {}
}
";

/// The whole program.
pub fn program(many: Many, written: Written) -> String {
    let head = written.head();
    let mut text = String::from(BEGINNING);
    let mut called = Vec::new();
    match many {
        Many::Functions(count) => (0..count).for_each(|i| {
            text.push_str(&of_six_awaits(head, i));
            called.push(format!("f{i}(1, String::new())"));
        }),
        Many::Awaits(count) => {
            let awaits: String = (0..count)
                .map(|i| format!("    t += tick({i}).await;\n"))
                .collect();
            let _ = writeln!(
                text,
                "{head} f() -> u32 {{\n    let mut t = 0;\n{awaits}    t\n}}"
            );
            called.push(String::from("f()"));
        }
        Many::Locals(count) => {
            let locals = (0..count).map(|i| format!("    let x{i} = String::from(\"{i}\");\n"));
            let sums = (0..count).map(|i| format!("    t += x{i}.len();\n"));
            let (locals, sums): (String, String) = (locals.collect(), sums.collect());
            let awaits = "    tick(1).await;\n".repeat(10);
            let body = format!("    let mut t = 0;\n{locals}{awaits}{sums}    t");
            let _ = writeln!(text, "{head} f() -> usize {{\n{body}\n}}");
            called.push(String::from("f()"));
        }
        Many::Depth(count) => {
            let _ = writeln!(text, "{head} f0(a: u32) -> u32 {{ tick(a).await }}");
            for i in 1..=count {
                let below = i - 1;
                let _ = writeln!(
                    text,
                    "{head} f{i}(a: u32) -> u32 {{ let x = f{below}(a).await; x + a }}"
                );
            }
            called.push(format!("f{count}(1)"));
        }
    }
    let calls: String = called
        .iter()
        .map(|call| format!("    run({call});\n"))
        .collect();
    let _ = writeln!(text, "fn main() {{\n{calls}}}");
    text
}

fn of_six_awaits(head: &str, i: usize) -> String {
    format!(
        "{head} f{i}(a: u32, s: String) -> Result<u32, std::io::Error> {{
    let x = tick(a).await;
    let mut v = Vec::new();
    for k in 0..x {{
        v.push(tick(k).await);
    }}
    if tick(x).await > 1 {{
        return Ok(0);
    }}
    let y = match tick(2).await {{ 0 => s.len() as u32, n => n + v.len() as u32 }};
    tick(y).await;
    let z = tick(y).await + x;
    Ok(z + s.len() as u32)
}}
"
    )
}
