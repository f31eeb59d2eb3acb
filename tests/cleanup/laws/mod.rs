//! The laws of cancellation, a test for each behaviour: docs/guide/laws.md has the list. On the thread itself, on one worker and on two,
//! by a clock that is paused where it is about time; without a sleep that waits for another thread.

mod clean_up;
mod handle;
mod propagation;
mod resources;
mod runtime;

use super::deadlines::on_each_paused;
use super::tasks::{Log, said, say};
use costate::sync::Notify;
use costate::task::yield_now;
use costate::{Runtime, TaskError};
use std::future::{Future, pending};
use std::sync::Arc;

/// As [`on_each_paused`], by the system's clock: where other threads are waited for, of which a paused one knows nothing.
fn on_each<F: Future<Output = ()> + Send + 'static>(test: impl Fn() -> F) {
    for threads in [0, 1, 2] {
        let builder = Runtime::builder();
        let builder = match threads {
            0 => builder.current_thread(),
            threads => builder.threads(threads),
        };
        let runtime = builder.build().expect("a runtime can be made");
        runtime.block_on(runtime.spawn(test()));
    }
}

type Signal = Arc<Notify>;

fn is_cancelled<T>(ended: &Result<T, TaskError>) -> bool {
    ended.as_ref().is_err_and(TaskError::is_cancelled)
}

/// Says when it has begun, then waits for ever. Its clean-up takes a turn.
#[costate::coroutine(Send)]
fn idle(log: Log, begun: Signal) {
    defer! {
        yield_now().await;
        say(&log, "clean");
    }
    begun.notify_one();
    pending().await
}

/// The same, and its clean-up waits until it is let go.
#[costate::coroutine(Send)]
fn held_up(log: Log, begun: Signal, go: Signal) {
    defer! {
        say(&log, "cleaning up");
        begun.notify_one();
        go.notified().await;
        say(&log, "clean");
    }
    begun.notify_one();
    pending().await
}

/// Waits until so much was said.
#[costate::coroutine]
fn until_said(log: &Log, number: usize) {
    while log.lock().expect("nobody panics with it").len() < number {
        yield_now().await;
    }
}

#[costate::coroutine]
fn turns(number: u32) {
    for _ in 0..number {
        yield_now().await;
    }
}

/// Says so when it is dropped.
struct Said(Log, &'static str);

impl Drop for Said {
    fn drop(&mut self) {
        say(&self.0, self.1);
    }
}

const LIST: &str = include_str!("../../../docs/guide/laws.md");

const FILES: [(&str, &str); 5] = [
    ("handle", include_str!("handle.rs")),
    ("propagation", include_str!("propagation.rs")),
    ("clean_up", include_str!("clean_up.rs")),
    ("resources", include_str!("resources.rs")),
    ("runtime", include_str!("runtime.rs")),
];

/// The tests of a file, by their names.
fn tests_of<'a>((file, text): &(&'a str, &'a str)) -> Vec<String> {
    let mut names = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line == "#[test]" {
            let name = lines.next().expect("a function follows");
            let name = name.strip_prefix("fn ").expect("nothing stands between");
            let name = name.split('(').next().expect("it has a name");
            names.push(format!("{file}::{name}"));
        }
    }
    names
}

#[test]
fn each_behaviour_in_the_list_has_its_test_and_each_test_is_in_the_list() {
    let rows = LIST.lines().filter_map(|line| line.strip_prefix("| "));
    let cells = rows.filter_map(|row| row.rsplit('`').nth(1));
    let listed: Vec<&str> = cells.collect();
    let there: Vec<String> = FILES.iter().flat_map(tests_of).collect();
    assert_eq!(listed, there);
    assert_eq!(listed.len(), 40);
}
