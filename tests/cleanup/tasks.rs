//! Clean-up in tasks of the runtime: dropped handles, joins, timeouts, groups, scopes, shutdown; on one worker and on several.

use costate::Runtime;
use costate::future::race;
use costate::sync::Notify;
use costate::task::{TaskGroup, yield_now};
use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub type Log = Arc<Mutex<Vec<&'static str>>>;

pub fn say(log: &Log, what: &'static str) {
    log.lock().expect("nobody panics with it").push(what);
}

pub fn said(log: &Log) -> Vec<&'static str> {
    std::mem::take(&mut log.lock().expect("nobody panics with it"))
}

#[costate::coroutine(Send)]
fn worker(log: Log, begun: Arc<Notify>) -> u32 {
    defer! {
        yield_now().await;
        say(&log, "closed");
    }
    on_cancel! {
        yield_now().await;
        say(&log, "rolled back");
    }
    begun.notify_one();
    pending().await
}

/// Runs the test on one thread, and on several.
pub fn on_each(test: impl Fn(&Runtime)) {
    on_each_owned(|runtime| test(&runtime));
}

/// What it matches loses a part, and the rest is dropped by code that two closures of the machine know.
#[costate::coroutine(Send)]
fn in_an_arm_that_binds_a_part(log: Log, begun: Arc<Notify>) -> u32 {
    let text = String::from("text");
    match (&text, 3) {
        (text, 3) => text.len() as u32 + worker(log, begun).await,
        _ => 0,
    }
}

#[costate::coroutine]
fn cancel_in_an_arm(log: Log) {
    let begun = Arc::new(Notify::new());
    let task = costate::spawn(in_an_arm_that_binds_a_part(log.clone(), begun.clone()));
    begun.notified().await;
    task.cancel_and_join().await;
    assert_eq!(said(&log), ["rolled back", "closed"]);
}

#[test]
fn a_cancellation_reaches_what_is_awaited_in_an_arm_that_binds_a_part() {
    on_each(|runtime| runtime.block_on(cancel_in_an_arm(Log::default())));
}

#[costate::coroutine]
fn raced(log: Log) {
    let n = race(worker(log.clone(), Arc::default()), after_a_turn()).await;
    say(&log, "won");
    assert_eq!(n, 1);
    assert_eq!(said(&log), ["rolled back", "closed", "won"]);
}

#[costate::coroutine]
fn after_a_turn() -> u32 {
    yield_now().await;
    1
}

#[test]
fn race_cleans_its_losers_up_first() {
    on_each(|runtime| runtime.block_on(raced(Log::default())));
}

#[costate::coroutine]
fn grouped(log: Log) {
    let mut group = TaskGroup::new();
    let begun = Arc::new(Notify::new());
    group.spawn(worker(log.clone(), begun.clone()));
    begun.notified().await;
    group.cancel_all();
    while group.next().await.is_some() {}
    assert_eq!(said(&log), ["rolled back", "closed"]);
}

#[test]
fn a_groups_tasks_clean_up() {
    on_each(|runtime| runtime.block_on(grouped(Log::default())));
}

fn on_each_owned(test: impl Fn(Runtime)) {
    let one = Runtime::builder().current_thread().build();
    test(one.expect("a runtime can be made"));
    let two = Runtime::builder().threads(2).build();
    test(two.expect("a runtime can be made"));
}

#[costate::coroutine(Send)]
fn never_ends(log: Log, begun: Arc<Notify>) {
    defer! { say(&log, "further out"); }
    defer! {
        say(&log, "begun");
        pending::<()>().await;
    }
    begun.notify_one();
    pending().await
}

#[costate::coroutine]
fn late_clean_up(log: Log) {
    let begun = Arc::new(Notify::new());
    let task = costate::spawn(never_ends(log.clone(), begun.clone()));
    begun.notified().await;
    assert_eq!(task.cancel_and_join().await, None);
    assert_eq!(said(&log), ["begun", "further out"]);
    let late = costate::time::timeout(Duration::ZERO, never_ends(log.clone(), begun)).await;
    assert!(late.is_err());
    assert_eq!(said(&log), ["begun", "further out"]);
}

#[test]
fn what_takes_too_long_is_dropped_where_it_stands() {
    let one = Runtime::builder()
        .current_thread()
        .clean_up_limit(Duration::from_millis(1))
        .build();
    let two = Runtime::builder()
        .threads(2)
        .clean_up_limit(Duration::from_millis(1))
        .build();
    for runtime in [one, two] {
        let runtime = runtime.expect("a runtime can be made");
        runtime.block_on(late_clean_up(Log::default()));
    }
}
