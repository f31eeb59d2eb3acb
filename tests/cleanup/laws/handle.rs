//! What the handle of a task does.

use super::*;
use costate::sync::oneshot;
use costate::{Task, spawn, spawn_local};
use std::sync::{Mutex, mpsc};

#[test]
fn dropping_it_cancels_an_idle_task() {
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let task = spawn(idle(log.clone(), begun.clone()));
        begun.notified().await;
        drop(task);
        until_said(&log, 1).await;
        assert_eq!(said(&log), ["clean"]);
    }
    on_each_paused(test);
}

#[costate::coroutine(Send)]
fn goes_on(log: Log, done: Signal) -> u32 {
    defer! { say(&log, "end"); }
    on_cancel! { say(&log, "never"); }
    turns(3).await;
    say(&log, "body");
    done.notify_one();
    7
}

#[test]
fn detaching_it_never_cancels() {
    #[costate::coroutine(Send)]
    fn test() {
        let (log, done) = (Log::default(), Signal::default());
        spawn(goes_on(log.clone(), done.clone())).detach();
        done.notified().await;
        until_said(&log, 2).await;
        assert_eq!(said(&log), ["body", "end"]);
    }
    on_each_paused(test);
}

#[test]
fn cancelled_before_its_first_poll_a_task_never_runs() {
    #[costate::coroutine(Send)]
    fn holds(_held: Said, log: Log) {
        defer! { say(&log, "clean"); }
        say(&log, "body");
        pending().await
    }
    #[costate::coroutine(Send)]
    fn test() {
        let log = Log::default();
        // On this thread it has no turn before we have suspended.
        let task = spawn_local(holds(Said(log.clone(), "argument dropped"), log.clone()));
        task.cancel();
        let ended = task.join().await;
        assert!(is_cancelled(&ended));
        assert_eq!(said(&log), ["argument dropped"]);
    }
    on_each_paused(test);
}

#[test]
fn a_cancel_while_it_runs_takes_effect_at_the_next_suspension() {
    #[costate::coroutine(Send)]
    fn runs(log: Log, runs: mpsc::Sender<()>, cancelled: Arc<Mutex<mpsc::Receiver<()>>>) {
        defer! {
            yield_now().await;
            say(&log, "clean");
        }
        runs.send(()).expect("it is received");
        // It doesn't suspend: its thread waits.
        {
            let receiver = cancelled.lock().expect("nobody panics with it");
            receiver.recv().expect("it is sent");
        }
        say(&log, "runs on");
        yield_now().await;
        say(&log, "never");
    }
    #[costate::coroutine(Send)]
    fn test() {
        let log = Log::default();
        let (to_us, task_runs) = mpsc::channel();
        let (to_task, cancelled) = mpsc::channel();
        let (give_back, given_back) = oneshot::channel();
        let task = spawn(runs(log.clone(), to_us, Arc::new(Mutex::new(cancelled))));
        std::thread::spawn(move || {
            task_runs.recv().expect("it runs");
            task.cancel();
            to_task.send(()).expect("it waits for that");
            drop(give_back.send(task));
        });
        let task = given_back.await.expect("it is sent");
        let ended = task.join().await;
        assert!(is_cancelled(&ended));
        assert_eq!(said(&log), ["runs on", "clean"]);
    }
    on_each(test);
}

#[test]
fn a_cancel_after_completion_keeps_the_output() {
    #[costate::coroutine(Send)]
    fn test() {
        let (log, done) = (Log::default(), Signal::default());
        let task = spawn(goes_on(log.clone(), done.clone()));
        while !task.is_finished() {
            yield_now().await;
        }
        task.cancel();
        assert_eq!(task.cancel_and_join().await, Some(7));
        assert_eq!(said(&log), ["body", "end"]);
    }
    on_each_paused(test);
}

#[test]
fn cancelling_twice_is_once() {
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun, go) = (Log::default(), Signal::default(), Signal::default());
        let task = spawn(held_up(log.clone(), begun.clone(), go.clone()));
        begun.notified().await;
        task.cancel();
        task.cancel();
        begun.notified().await;
        task.cancel();
        turns(3).await;
        assert_eq!(said(&log), ["cleaning up"]);
        go.notify_one();
        assert_eq!(task.cancel_and_join().await, None);
        assert_eq!(said(&log), ["clean"]);
    }
    on_each_paused(test);
}

#[test]
fn cancel_and_join_waits_for_clean_up() {
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let task = spawn(idle(log.clone(), begun.clone()));
        begun.notified().await;
        assert_eq!(task.cancel_and_join().await, None);
        assert_eq!(said(&log), ["clean"]);
    }
    on_each_paused(test);
}

#[test]
fn it_is_finished_only_after_clean_up() {
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun, go) = (Log::default(), Signal::default(), Signal::default());
        let task = spawn(held_up(log.clone(), begun.clone(), go.clone()));
        begun.notified().await;
        task.cancel();
        begun.notified().await;
        turns(3).await;
        assert!(!task.is_finished());
        go.notify_one();
        while !task.is_finished() {
            yield_now().await;
        }
        assert_eq!(said(&log), ["cleaning up", "clean"]);
    }
    on_each_paused(test);
}

/// Where a task finds its own handle.
type Own = Arc<Mutex<Option<Task<()>>>>;

#[derive(Clone, Copy)]
enum Way {
    Cancel,
    Drop,
}

#[costate::coroutine(Send)]
fn ends_itself(log: Log, own: Own, given: Signal, gone: Signal, way: Way) {
    defer! {
        yield_now().await;
        say(&log, "clean");
        gone.notify_one();
    }
    given.notified().await;
    let handle = own.lock().expect("nobody panics with it").take();
    let handle = handle.expect("it was given");
    match way {
        Way::Drop => drop(handle),
        Way::Cancel => {
            handle.cancel();
            handle.detach();
        }
    }
    say(&log, "goes on to its next suspension");
    yield_now().await;
    say(&log, "and no further");
}

#[costate::coroutine(Send)]
fn in_itself(way: Way) {
    let (log, own) = (Log::default(), Own::default());
    let (given, gone) = (Signal::default(), Signal::default());
    let body = ends_itself(log.clone(), own.clone(), given.clone(), gone.clone(), way);
    *own.lock().expect("nobody panics with it") = Some(spawn(body));
    given.notify_one();
    gone.notified().await;
    assert_eq!(said(&log), ["goes on to its next suspension", "clean"]);
}

#[test]
fn a_task_may_cancel_itself() {
    on_each_paused(|| in_itself(Way::Cancel));
}

#[test]
fn it_may_be_dropped_inside_of_its_task() {
    on_each_paused(|| in_itself(Way::Drop));
}
