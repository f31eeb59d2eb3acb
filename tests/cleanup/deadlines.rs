//! What a `timeout` says to those inside of it: until when, and how long they may clean up. The clock is paused, so times are exact.

use super::tasks::{Log, said, say};
use costate::future::Join;
use costate::task::{scope, yield_now};
use costate::time::{Duration, Instant, deadline, sleep, timeout, timeout_at};
use costate::{Runtime, cancel, spawn};
use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;

const fn secs(n: u64) -> Duration {
    Duration::from_secs(n)
}

/// Runs it as a task, on the thread itself, on one worker and on two.
pub fn on_each_paused<F: Future<Output = ()> + Send + 'static>(test: impl Fn() -> F) {
    on_each_limited(secs(30), test);
}

fn on_each_limited<F: Future<Output = ()> + Send + 'static>(limit: Duration, test: impl Fn() -> F) {
    for threads in [0, 1, 2] {
        let builder = Runtime::builder().start_paused(true).clean_up_limit(limit);
        let builder = match threads {
            0 => builder.current_thread(),
            threads => builder.threads(threads),
        };
        let runtime = builder.build().expect("a runtime can be made");
        runtime.block_on(runtime.spawn(test()));
    }
}

/// How far away the deadline is.
#[costate::coroutine]
fn left() -> Option<Duration> {
    yield_now().await;
    deadline().map(|deadline| deadline - Instant::now())
}

#[test]
fn an_inner_deadline_is_never_later_than_an_outer_one() {
    #[costate::coroutine(Send)]
    fn inner() -> [Option<Duration>; 4] {
        let before = left().await;
        let shorter = timeout(secs(2), left()).await.unwrap();
        let longer = timeout(secs(60), left()).await.unwrap();
        sleep(secs(1)).await;
        [before, shorter, longer, left().await]
    }
    #[costate::coroutine(Send)]
    fn test() {
        assert_eq!(left().await, None);
        let all = timeout(secs(5), inner()).await.unwrap();
        assert_eq!(all, [5, 2, 5, 4].map(|n| Some(secs(n))));
        assert_eq!(left().await, None);
        let endless = timeout(Duration::MAX, left()).await;
        assert_eq!(endless, Ok(None));
        let within = timeout(secs(3), timeout(Duration::MAX, left())).await;
        assert_eq!(within, Ok(Ok(Some(secs(3)))));
    }
    on_each_paused(test);
}

#[test]
fn a_deadline_holds_for_all_that_is_polled_in_there() {
    #[costate::coroutine(Send)]
    fn branches() -> Vec<Option<Duration>> {
        let (one, other) = (left(), timeout(secs(1), left())).join().await;
        let mut all = vec![one, other.unwrap()];
        select! {
            () = pending() => {}
            left = left() => all.push(left),
        }
        let child = scope(|scope| scope.spawn(left())).await;
        all.push(child);
        all
    }
    #[costate::coroutine(Send)]
    fn test() {
        let all = timeout(secs(5), branches()).await.unwrap();
        assert_eq!(all, [5, 1, 5, 5].map(|n| Some(secs(n))));
    }
    on_each_paused(test);
}

#[test]
fn a_task_and_clean_up_have_no_deadline_but_what_they_are_given() {
    #[costate::coroutine(Send)]
    fn spawns(log: Log) {
        defer! {
            yield_now().await;
            assert_eq!(deadline(), None);
            say(&log, "clean");
        }
        let by_itself = spawn(left()).await;
        let given = timeout_at(deadline().unwrap(), left());
        let given = spawn(given).await;
        assert_eq!((by_itself, given), (None, Ok(Some(secs(5)))));
        say(&log, "late");
        pending().await
    }
    #[costate::coroutine(Send)]
    fn test() {
        let log = Log::default();
        assert!(timeout(secs(5), spawns(log.clone())).await.is_err());
        assert_eq!(said(&log), ["late", "clean"]);
    }
    on_each_paused(test);
}

#[test]
fn a_deadline_ends_with_its_timeout_also_by_a_panic() {
    #[costate::coroutine(Send)]
    fn panics() {
        yield_now().await;
        std::panic::resume_unwind(Box::new("quietly"));
    }
    #[costate::coroutine(Send)]
    fn test() {
        let mut late = pin!(timeout(secs(5), panics()));
        let caught = std::future::poll_fn(|cx| {
            let polled = catch_unwind(AssertUnwindSafe(|| late.as_mut().poll(cx)));
            match polled {
                Ok(polled) => polled.map(|_| false),
                Err(_) => std::task::Poll::Ready(true),
            }
        });
        assert!(caught.await);
        assert_eq!(deadline(), None);
    }
    on_each_paused(test);
}

/// Says goodbye for so long.
#[costate::coroutine(Send)]
fn takes(time: Duration, log: Log) {
    defer! { say(&log, "dropped"); }
    defer! {
        sleep(time).await;
        say(&log, "clean");
    }
    pending().await
}

/// How long it took, and what was said.
#[costate::coroutine]
fn clean_up_of(clean_up: u64, limit: Option<u64>) -> (u64, Vec<&'static str>) {
    let (begun, log) = (Instant::now(), Log::default());
    let late = timeout(secs(5), takes(secs(clean_up), log.clone()));
    let late = match limit {
        Some(limit) => late.clean_up_limit(secs(limit)),
        None => late,
    };
    assert!(late.await.is_err());
    (begun.elapsed().as_secs(), said(&log))
}

#[test]
fn timeout_waits_for_clean_up_under_its_own_limit() {
    #[costate::coroutine(Send)]
    fn test() {
        let before = cancel::clean_ups().abandoned;
        let whole = vec!["clean", "dropped"];
        // The runtime's is ten.
        assert_eq!(clean_up_of(8, None).await, (13, whole.clone()));
        assert_eq!(clean_up_of(20, None).await, (15, vec!["dropped"]));
        // Its own may be shorter and longer.
        assert_eq!(clean_up_of(8, Some(2)).await, (7, vec!["dropped"]));
        assert_eq!(clean_up_of(20, Some(25)).await, (25, whole.clone()));
        // What needs no time has it, whatever the limit.
        assert_eq!(clean_up_of(0, Some(0)).await, (5, whole));
        assert_eq!(clean_up_of(1, Some(0)).await, (5, vec!["dropped"]));
        assert!(cancel::clean_ups().abandoned >= before + 3);
    }
    on_each_limited(secs(10), test);
}

#[test]
fn the_limit_of_a_timeout_holds_when_it_is_cancelled_itself_and_so_does_the_outer_one() {
    #[costate::coroutine(Send)]
    fn limited(clean_up: u64, limit: u64, log: Log) {
        let endless = timeout(secs(1000), takes(secs(clean_up), log));
        let _ = endless.clean_up_limit(secs(limit)).await;
    }
    #[costate::coroutine]
    fn cancelled(clean_up: u64, limit: u64) -> (u64, Vec<&'static str>) {
        let (begun, log) = (Instant::now(), Log::default());
        let task = spawn(limited(clean_up, limit, log.clone()));
        sleep(secs(1)).await;
        assert_eq!(task.cancel_and_join().await, None);
        (begun.elapsed().as_secs(), said(&log))
    }
    #[costate::coroutine(Send)]
    fn test() {
        assert_eq!(cancelled(3, 4).await, (4, vec!["clean", "dropped"]));
        assert_eq!(cancelled(5, 2).await, (3, vec!["dropped"]));
        // The runtime's limit for the task is ten.
        assert_eq!(cancelled(20, 25).await, (11, vec!["dropped"]));
    }
    on_each_limited(secs(10), test);
}
