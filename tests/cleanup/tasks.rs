//! Clean-up in tasks of the runtime: dropped handles, joins, timeouts, groups, scopes, shutdown; on one worker and on several.

use costate::Runtime;
use costate::future::{Join, race};
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

#[costate::coroutine]
fn cancel_and_join(log: Log) {
    let begun = Arc::new(Notify::new());
    let task = costate::spawn(worker(log.clone(), begun.clone()));
    begun.notified().await;
    let output = task.cancel_and_join().await;
    assert_eq!(output, None);
    assert_eq!(said(&log), ["rolled back", "closed"]);
}

#[test]
fn cancel_and_join_waits_for_clean_up() {
    on_each(|runtime| runtime.block_on(cancel_and_join(Log::default())));
}

#[costate::coroutine]
fn drop_the_handle(log: Log) {
    let begun = Arc::new(Notify::new());
    let task = costate::spawn(worker(log.clone(), begun.clone()));
    begun.notified().await;
    drop(task);
    say(&log, "dropped");
    while log.lock().expect("nobody panics with it").len() < 3 {
        yield_now().await;
    }
    let all = said(&log);
    // On several threads the clean-up may be quicker than we are.
    let others: Vec<_> = all
        .iter()
        .filter(|what| **what != "dropped")
        .copied()
        .collect();
    assert_eq!(others, ["rolled back", "closed"]);
}

#[test]
fn dropping_the_handle_cancels_and_clean_up_runs_in_the_background() {
    on_each(|runtime| runtime.block_on(drop_the_handle(Log::default())));
}

#[costate::coroutine]
fn before_the_first_poll(log: Log) {
    let task = costate::spawn_local(worker(log.clone(), Arc::default()));
    let output = task.cancel_and_join().await;
    assert_eq!((output, said(&log)), (None, vec![]));
}

#[test]
fn cancelled_before_its_first_poll_a_task_never_runs() {
    on_each(|runtime| runtime.block_on(before_the_first_poll(Log::default())));
}

#[costate::coroutine]
fn timed_out(log: Log) {
    let begun = Arc::new(Notify::new());
    let late = costate::time::timeout(Duration::ZERO, worker(log.clone(), begun)).await;
    assert!(late.is_err());
    assert_eq!(said(&log), ["rolled back", "closed"]);
}

#[test]
fn timeout_waits_for_clean_up() {
    on_each(|runtime| runtime.block_on(timed_out(Log::default())));
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
fn joined(log: Log) {
    let both = (
        worker(log.clone(), Arc::default()),
        worker(log.clone(), Arc::default()),
    );
    select! {
        _ = both.join() => unreachable!(),
        _ = after_a_turn() => {}
    }
    let all = said(&log);
    assert_eq!(all, ["rolled back", "rolled back", "closed", "closed"]);
}

#[test]
fn cancelling_a_join_cancels_every_branch() {
    on_each(|runtime| runtime.block_on(joined(Log::default())));
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

#[costate::coroutine]
fn start(log: Log) {
    let begun = Arc::new(Notify::new());
    costate::spawn(worker(log.clone(), begun.clone())).detach();
    begun.notified().await;
}

#[test]
fn shutdown_cancels_all_and_waits() {
    for threads in 0..3 {
        let builder = Runtime::builder();
        let builder = match threads {
            0 => builder.current_thread(),
            threads => builder.threads(threads),
        };
        let runtime = builder.build().expect("a runtime can be made");
        let log = Log::default();
        runtime.block_on(start(log.clone()));
        runtime.shutdown(Duration::from_secs(60));
        assert_eq!(said(&log), ["rolled back", "closed"]);
    }
}

#[test]
fn shutdown_forces_what_does_not_end() {
    #[costate::coroutine]
    fn never_ends(log: Log, begun: Arc<Notify>) {
        defer! { say(&log, "sync"); }
        defer! {
            say(&log, "begun");
            pending::<()>().await;
        }
        begun.notify_one();
        pending().await
    }
    #[costate::coroutine]
    fn start(log: Log) {
        let begun = Arc::new(Notify::new());
        costate::spawn(never_ends(log.clone(), begun.clone())).detach();
        begun.notified().await;
    }
    on_each_owned(|runtime| {
        let log = Log::default();
        runtime.block_on(start(log.clone()));
        runtime.shutdown(Duration::from_millis(1));
        let all = said(&log);
        assert!(all == ["begun", "sync"] || all == ["sync"], "{all:?}");
    });
}

fn on_each_owned(test: impl Fn(Runtime)) {
    let one = Runtime::builder().current_thread().build();
    test(one.expect("a runtime can be made"));
    let two = Runtime::builder().threads(2).build();
    test(two.expect("a runtime can be made"));
}

#[costate::coroutine(Send)]
fn panics_in_clean_up(log: Log, begun: Arc<Notify>) {
    defer! { say(&log, "still runs"); }
    on_cancel! { std::panic::resume_unwind(Box::new("quietly")); }
    begun.notify_one();
    pending().await
}

#[costate::coroutine]
fn panicked(log: Log) {
    let begun = Arc::new(Notify::new());
    let task = costate::spawn(panics_in_clean_up(log.clone(), begun.clone()));
    begun.notified().await;
    assert_eq!(task.cancel_and_join().await, None);
    assert_eq!(said(&log), ["still runs"]);
}

#[test]
fn a_panic_in_clean_up_stays_there() {
    on_each(|runtime| runtime.block_on(panicked(Log::default())));
}

#[costate::coroutine]
fn waits_in_clean_up(log: Log) {
    let (sender, mut receiver) = costate::sync::mpsc::channel::<u32>(1);
    let begun = Arc::new(Notify::new());
    let task = costate::spawn(sends_at_its_end(sender, begun.clone()));
    begun.notified().await;
    task.cancel();
    let got = receiver.recv().await;
    assert_eq!(got, Some(5));
    let _ = task.join().await;
}

#[costate::coroutine(Send)]
fn sends_at_its_end(sender: costate::sync::mpsc::Sender<u32>, begun: Arc<Notify>) {
    defer! {
        costate::time::sleep(Duration::from_millis(1)).await;
        let _ = sender.send(5).await;
    }
    begun.notify_one();
    pending().await
}

#[test]
fn clean_up_awaits_timers_and_channels() {
    on_each(|runtime| runtime.block_on(waits_in_clean_up(Log::default())));
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
