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

#[costate::coroutine(Send)]
fn awaits_a_task(log: Log, begun: Arc<Notify>) -> u32 {
    defer! { say(&log, "after the task"); }
    costate::spawn(worker(log.clone(), begun)).await
}

#[costate::coroutine]
fn cancel_who_awaits_a_task(log: Log) {
    let begun = Arc::new(Notify::new());
    let task = costate::spawn(awaits_a_task(log.clone(), begun.clone()));
    begun.notified().await;
    task.cancel_and_join().await;
    assert_eq!(said(&log), ["rolled back", "closed", "after the task"]);
}

#[test]
fn an_awaited_task_has_cleaned_up_before_who_awaits_it() {
    on_each(|runtime| runtime.block_on(cancel_who_awaits_a_task(Log::default())));
}

#[costate::coroutine]
fn race_tasks(log: Log) {
    let begun = Arc::new(Notify::new());
    let loser = costate::spawn(worker(log.clone(), begun.clone()));
    begun.notified().await;
    assert_eq!(race(loser, after_a_turn()).await, 1);
    assert_eq!(said(&log), ["rolled back", "closed"]);
    let loser = costate::spawn(worker(log.clone(), begun.clone())).join();
    begun.notified().await;
    assert_eq!(race(loser, joined()).await.ok(), Some(2));
    assert_eq!(said(&log), ["rolled back", "closed"]);
}

#[costate::coroutine]
fn joined() -> Result<u32, costate::task::TaskError> {
    costate::spawn(std::future::ready(2)).join().await
}

#[test]
fn a_task_that_loses_has_cleaned_up_before_the_winner_is_handed_on() {
    on_each(|runtime| runtime.block_on(race_tasks(Log::default())));
}

#[costate::coroutine]
fn race_a_long_job(log: Log) {
    let (begun, has_begun) = std::sync::mpsc::channel();
    let (end, may_end) = std::sync::mpsc::channel::<()>();
    let job = costate::spawn_blocking(move || {
        begun.send(()).expect("the test waits");
        may_end.recv().expect("the test lets it end");
        0
    });
    has_begun.recv().expect("it begins");
    assert_eq!(race(job, after_a_turn()).await, 1);
    say(&log, "won");
    end.send(()).expect("it waits for that");
}

/// Else a limit on how long a job may take would be none.
#[test]
fn a_blocking_job_that_has_begun_is_not_waited_for() {
    on_each(|runtime| runtime.block_on(race_a_long_job(Log::default())));
}
