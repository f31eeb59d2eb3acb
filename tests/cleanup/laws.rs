//! The laws of cancellation, for a task with clean-up: its handle, what it is told and when, what is given back. On one worker and on
//! several, without a sleep: who waits, waits for a `Notify`.

use super::tasks::{Log, on_each, said, say};
use costate::sync::{Mutex, Notify, Semaphore, mpsc};
use costate::task::{scope, yield_now};
use costate::{Task, TaskError};
use std::future::pending;
use std::sync::Arc;

fn is_cancelled<T>(ended: &Result<T, TaskError>) -> bool {
    ended.as_ref().is_err_and(TaskError::is_cancelled)
}

/// Says when it has begun, then waits for ever; its clean-up waits until it is let go.
#[costate::coroutine(Send)]
fn held_up(log: Log, begun: Arc<Notify>, go: Arc<Notify>) {
    defer! {
        say(&log, "cleaning up");
        begun.notify_one();
        go.notified().await;
        say(&log, "clean");
    }
    begun.notify_one();
    pending().await
}

#[costate::coroutine]
fn finished_after_clean_up(log: Log) {
    let (begun, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let task = costate::spawn(held_up(log.clone(), begun.clone(), go.clone()));
    begun.notified().await;
    task.cancel();
    begun.notified().await;
    assert!(!task.is_finished());
    // Twice is once: neither more clean-up nor less.
    task.cancel();
    yield_now().await;
    assert!(!task.is_finished());
    go.notify_one();
    let ended = task.join().await;
    assert!(is_cancelled(&ended), "{ended:?}");
    assert_eq!(said(&log), ["cleaning up", "clean"]);
}

#[test]
fn it_is_finished_when_it_has_cleaned_up_and_twice_is_once() {
    on_each(|runtime| runtime.block_on(finished_after_clean_up(Log::default())));
}

#[costate::coroutine(Send)]
fn goes_on(log: Log, done: Arc<Notify>) {
    defer! { say(&log, "end"); }
    on_cancel! { say(&log, "never"); }
    yield_now().await;
    say(&log, "body");
    done.notify_one();
}

#[costate::coroutine]
fn detached(log: Log) {
    let done = Arc::new(Notify::new());
    costate::spawn(goes_on(log.clone(), done.clone())).detach();
    done.notified().await;
    while log.lock().expect("nobody panics with it").len() < 2 {
        yield_now().await;
    }
    assert_eq!(said(&log), ["body", "end"]);
}

#[test]
fn a_detached_task_is_not_cancelled() {
    on_each(|runtime| runtime.block_on(detached(Log::default())));
}

#[costate::coroutine]
fn after_completion(log: Log) {
    let done = Arc::new(Notify::new());
    let task = costate::spawn(goes_on(log.clone(), done.clone()));
    while !task.is_finished() {
        yield_now().await;
    }
    task.cancel();
    assert_eq!(task.cancel_and_join().await, Some(()));
    assert_eq!(said(&log), ["body", "end"]);
}

#[test]
fn a_task_that_is_complete_keeps_its_output() {
    on_each(|runtime| runtime.block_on(after_completion(Log::default())));
}

/// Where a task finds its own handle.
type Own = Arc<std::sync::Mutex<Option<Task<()>>>>;

#[costate::coroutine(Send)]
fn cancels_itself(log: Log, own: Own, given: Arc<Notify>, gone: Arc<Notify>, drops: bool) {
    defer! {
        yield_now().await;
        say(&log, "clean");
        gone.notify_one();
    }
    given.notified().await;
    let handle = own.lock().expect("nobody panics with it").take();
    let handle = handle.expect("it was given");
    if drops {
        drop(handle);
    } else {
        handle.cancel();
        handle.detach();
    }
    say(&log, "goes on to its next suspension");
    yield_now().await;
    say(&log, "and no further");
}

#[costate::coroutine]
fn in_itself(log: Log, drops: bool) {
    let (own, given, gone) = (
        Own::default(),
        Arc::new(Notify::new()),
        Arc::new(Notify::new()),
    );
    let body = cancels_itself(log.clone(), own.clone(), given.clone(), gone.clone(), drops);
    let task = costate::spawn(body);
    *own.lock().expect("nobody panics with it") = Some(task);
    given.notify_one();
    gone.notified().await;
    assert_eq!(said(&log), ["goes on to its next suspension", "clean"]);
}

#[test]
fn a_task_may_cancel_itself_and_drop_its_own_handle() {
    for drops in [false, true] {
        on_each(|runtime| runtime.block_on(in_itself(Log::default(), drops)));
    }
}

#[costate::coroutine]
fn child(log: &Log, name: &'static str) {
    defer! {
        yield_now().await;
        say(log, name);
    }
    pending().await
}

#[costate::coroutine]
fn of_a_scope(log: Log) {
    let children = scope(|scope| {
        scope.spawn(child(&log, "first"));
        scope.spawn(child(&log, "second"));
        pending::<()>()
    });
    let mut turns = 0;
    select! {
        () = children => {}
        () = for_turns(&mut turns) => say(&log, "joined"),
    }
    assert_eq!(said(&log), ["first", "second", "joined"]);
}

#[costate::coroutine]
fn for_turns(turns: &mut u32) {
    while *turns < 3 {
        *turns += 1;
        yield_now().await;
    }
}

#[test]
fn a_scopes_children_are_cancelled_and_joined() {
    on_each(|runtime| runtime.block_on(of_a_scope(Log::default())));
}

#[costate::coroutine(Send)]
fn woken_from_elsewhere(log: Log, begun: Arc<Notify>) {
    defer! {
        let (sender, mut receiver) = mpsc::channel(1);
        std::thread::spawn(move || sender.try_send(1).expect("there is room"));
        let got = receiver.recv().await;
        assert_eq!(got, Some(1));
        say(&log, "woken");
    }
    begun.notify_one();
    pending().await
}

#[costate::coroutine]
fn from_elsewhere(log: Log) {
    let begun = Arc::new(Notify::new());
    let task = costate::spawn(woken_from_elsewhere(log.clone(), begun.clone()));
    begun.notified().await;
    assert_eq!(task.cancel_and_join().await, None);
    assert_eq!(said(&log), ["woken"]);
}

#[test]
fn clean_up_is_woken_from_other_threads() {
    on_each(|runtime| runtime.block_on(from_elsewhere(Log::default())));
}

#[costate::coroutine(Send)]
fn waits_for_lock(lock: Arc<Mutex<u32>>, permits: Arc<Semaphore>, log: Log, begun: Arc<Notify>) {
    let permit = permits.acquire().await;
    on_cancel! { say(&log, "gave up"); }
    begun.notify_one();
    let mut guard = lock.lock().await;
    *guard += 1;
    drop(permit);
}

#[costate::coroutine]
fn gives_back(log: Log) {
    let (lock, permits) = (Arc::new(Mutex::new(0)), Arc::new(Semaphore::new(1)));
    let begun = Arc::new(Notify::new());
    let guard = lock.lock().await;
    let body = waits_for_lock(lock.clone(), permits.clone(), log.clone(), begun.clone());
    let task = costate::spawn(body);
    begun.notified().await;
    assert_eq!(task.cancel_and_join().await, None);
    // Its permit is back, and its place in the queue goes to the next.
    let permit = permits.acquire().await;
    drop(guard);
    let after = lock.lock().await;
    assert_eq!((*after, said(&log)), (0, vec!["gave up"]));
    drop(permit);
}

#[test]
fn what_it_waited_for_and_what_it_held_goes_on() {
    on_each(|runtime| runtime.block_on(gives_back(Log::default())));
}

#[costate::coroutine(Send)]
fn spawned_meanwhile(log: Log, begun: Arc<Notify>) {
    defer! {
        // The runtime is being shut down.
        let late = costate::spawn(std::future::ready(()));
        let ended = late.join().await;
        let what = if is_cancelled(&ended) { "cancelled" } else { "ran" };
        say(&log, what);
    }
    begun.notify_one();
    pending().await
}

#[costate::coroutine]
fn start(log: Log, begun: Arc<Notify>) {
    costate::spawn(spawned_meanwhile(log, begun.clone())).detach();
    begun.notified().await;
}

#[test]
fn what_is_spawned_in_a_shutdown_is_cancelled() {
    for threads in [1, 2] {
        let runtime = costate::Runtime::builder().threads(threads).build();
        let runtime = runtime.expect("a runtime can be made");
        let log = Log::default();
        runtime.block_on(start(log.clone(), Arc::default()));
        runtime.shutdown(std::time::Duration::from_secs(60));
        assert_eq!(said(&log), ["cancelled"]);
    }
}

#[costate::coroutine(Send)]
fn busy(go: Arc<Notify>) {
    defer! {
        // Ready at once, again and again: the others have their turn all the same.
        let (sender, mut receiver) = mpsc::channel(1);
        loop {
            sender.send(1).await.expect("we receive it");
            let _ = receiver.recv().await;
            if Arc::strong_count(&go) == 1 {
                break;
            }
        }
    }
    go.notify_one();
    pending().await
}

#[costate::coroutine]
fn among_others() {
    let go = Arc::new(Notify::new());
    let task = costate::spawn(busy(go.clone()));
    go.notified().await;
    task.cancel();
    yield_now().await;
    yield_now().await;
    drop(go);
    let _ = task.join().await;
}

#[test]
fn the_budget_applies_to_clean_up() {
    on_each(|runtime| runtime.block_on(among_others()));
}
