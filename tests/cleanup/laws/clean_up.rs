//! What clean-up may do, and what becomes of it.

use super::*;
use costate::cancel::clean_ups;
use costate::net::UnixStream;
use costate::spawn;
use costate::sync::mpsc;
use costate::time::{Duration, Instant, sleep};
use std::panic::resume_unwind;

fn throw(what: &'static str) {
    resume_unwind(Box::new(what));
}

#[test]
fn it_awaits_io_and_timers() {
    #[costate::coroutine(Send)]
    fn says_goodbye(mut stream: UnixStream, begun: Signal) {
        defer! {
            stream.write_all(b"bye").await.expect("the other end is there");
            let mut answer = [0; 2];
            stream.read_exact(&mut answer).await.expect("it answers");
            sleep(Duration::from_secs(3)).await;
        }
        begun.notify_one();
        pending().await
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (here, mut there) = UnixStream::pair().expect("there is room");
        let begun = Signal::default();
        let task = spawn(says_goodbye(here, begun.clone()));
        begun.notified().await;
        let start = Instant::now();
        task.cancel();
        let mut heard = [0; 3];
        there.read_exact(&mut heard).await.expect("it says goodbye");
        there.write_all(b"ok").await.expect("it waits for that");
        assert_eq!(task.cancel_and_join().await, None);
        assert_eq!((&heard, start.elapsed().as_secs()), (b"bye", 3));
    }
    on_each_paused(test);
}

#[test]
fn a_second_cancel_does_not_cancel_it() {
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun, go) = (Log::default(), Signal::default(), Signal::default());
        let task = spawn(held_up(log.clone(), begun.clone(), go.clone()));
        begun.notified().await;
        task.cancel();
        begun.notified().await;
        task.cancel();
        turns(3).await;
        // The drop is a third.
        drop(task);
        turns(3).await;
        assert_eq!(said(&log), ["cleaning up"]);
        go.notify_one();
        until_said(&log, 1).await;
        assert_eq!(said(&log), ["clean"]);
    }
    on_each_paused(test);
}

#[test]
fn past_its_limit_it_is_dropped_and_counted() {
    #[costate::coroutine(Send)]
    fn never_ends(log: Log, begun: Signal) {
        defer! { say(&log, "further out"); }
        defer! {
            let _held = Said(log.clone(), "dropped where it stands");
            pending::<()>().await;
        }
        begun.notify_one();
        pending().await
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let task = spawn(never_ends(log.clone(), begun.clone()));
        begun.notified().await;
        let (start, before) = (Instant::now(), clean_ups().abandoned);
        assert_eq!(task.cancel_and_join().await, None);
        assert_eq!(start.elapsed().as_secs(), 30);
        assert_eq!(said(&log), ["dropped where it stands", "further out"]);
        assert!(clean_ups().abandoned > before);
    }
    on_each_paused(test);
}

#[test]
fn a_panic_in_it_is_counted_and_the_rest_still_runs() {
    #[costate::coroutine(Send)]
    fn panics(log: Log, begun: Signal, ends: bool) {
        defer! {
            yield_now().await;
            say(&log, "further out");
        }
        defer! {
            yield_now().await;
            throw("quietly");
        }
        begun.notify_one();
        if !ends {
            pending().await
        }
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let task = spawn(panics(log.clone(), begun.clone(), false));
        begun.notified().await;
        let before = clean_ups().panicked;
        let ended = task.cancel_and_join().await;
        assert_eq!((ended, said(&log)), (None, vec!["further out"]));
        assert!(clean_ups().panicked > before);
        let ended = spawn(panics(log.clone(), begun, true)).join().await;
        assert!(ended.is_err_and(|error| error.is_panic()));
        assert_eq!(said(&log), ["further out"]);
    }
    on_each_paused(test);
}

#[test]
fn a_panic_in_the_body_drops_runs_none_and_is_rethrown() {
    #[costate::coroutine(Send)]
    fn panics(log: Log) {
        let _local = Said(log.clone(), "local");
        defer! { say(&log, "never"); }
        on_cancel! { say(&log, "never"); }
        yield_now().await;
        throw("from the body");
    }
    #[costate::coroutine(Send)]
    fn test() {
        let log = Log::default();
        let ended = spawn(panics(log.clone())).join().await;
        assert_eq!(said(&log), ["local"]);
        let error = ended.expect_err("it has panicked");
        let payload = error.into_panic().expect("it has panicked");
        assert_eq!(payload.downcast_ref(), Some(&"from the body"));
    }
    on_each_paused(test);
}

#[test]
fn a_panic_in_a_drop_is_contained() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            throw("quietly");
        }
    }
    #[costate::coroutine(Send)]
    fn holds(log: Log, begun: Signal) {
        let _outer = Said(log.clone(), "outer local");
        defer! {
            yield_now().await;
            say(&log, "clean-up");
        }
        let _bomb = Bomb;
        let _inner = Said(log.clone(), "inner local");
        begun.notify_one();
        pending().await
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let task = spawn(holds(log.clone(), begun.clone()));
        begun.notified().await;
        assert_eq!(task.cancel_and_join().await, None);
        assert_eq!(said(&log), ["inner local", "clean-up", "outer local"]);
    }
    on_each_paused(test);
}

#[test]
fn it_is_woken_from_other_threads() {
    #[costate::coroutine(Send)]
    fn waits(log: Log, begun: Signal) {
        defer! {
            let (sender, mut receiver) = mpsc::channel(1);
            std::thread::spawn(move || sender.try_send(1).expect("there is room"));
            assert_eq!(receiver.recv().await, Some(1));
            say(&log, "woken");
        }
        begun.notify_one();
        pending().await
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let task = spawn(waits(log.clone(), begun.clone()));
        begun.notified().await;
        assert_eq!(task.cancel_and_join().await, None);
        assert_eq!(said(&log), ["woken"]);
    }
    on_each(test);
}

#[test]
fn the_budget_applies_to_it() {
    #[costate::coroutine(Send)]
    fn busy(go: Signal) {
        defer! {
            // Ready at once, again and again: the others have their turn all the same.
            let (sender, mut receiver) = mpsc::channel(1);
            while Arc::strong_count(&go) > 1 {
                sender.send(1).await.expect("we receive it");
                let _ = receiver.recv().await;
            }
        }
        go.notify_one();
        pending().await
    }
    #[costate::coroutine(Send)]
    fn test() {
        let go = Signal::default();
        let task = spawn(busy(go.clone()));
        go.notified().await;
        task.cancel();
        turns(3).await;
        drop(go);
        assert_eq!(task.cancel_and_join().await, None);
    }
    on_each_paused(test);
}
