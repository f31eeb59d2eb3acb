//! How a cancellation goes through what it cancels.

use super::*;
use costate::future::Join;
use costate::spawn;
use costate::task::scope;
use costate::time::{Duration, Instant, sleep, timeout};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Starts it, cancels it where it waits, and gives what was said since.
#[costate::coroutine]
fn cancelled<F>(task: F, begun: Signal, log: &Log) -> Vec<&'static str>
where
    F: Future<Output = ()> + Send + 'static,
{
    let task = spawn(task);
    begun.notified().await;
    said(log);
    assert_eq!(task.cancel_and_join().await, None);
    said(log)
}

#[costate::coroutine(Send)]
fn innermost(log: Log, begun: Signal) {
    defer! {
        turns(2).await;
        say(&log, "innermost");
    }
    begun.notify_one();
    pending().await
}

#[costate::coroutine(Send)]
fn middle(log: Log, begun: Signal) {
    defer! { say(&log, "middle"); }
    innermost(log.clone(), begun).await
}

#[costate::coroutine(Send)]
fn outermost(log: Log, begun: Signal) {
    defer! {
        yield_now().await;
        say(&log, "outermost");
    }
    Box::pin(middle(log.clone(), begun)).await
}

#[test]
fn it_reaches_the_innermost_machine_first() {
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let said = cancelled(outermost(log.clone(), begun.clone()), begun, &log).await;
        assert_eq!(said, ["innermost", "middle", "outermost"]);
    }
    on_each_paused(test);
}

#[costate::coroutine(Send)]
fn child(log: Log, begun: Signal) {
    let _local = Said(log.clone(), "local of the child");
    defer! {
        yield_now().await;
        say(&log, "clean-up of the child");
    }
    begun.notify_one();
    pending().await
}

#[test]
fn the_order_is_child_then_scopes_outward_with_locals_between() {
    #[costate::coroutine(Send)]
    fn parent(log: Log, begun: Signal) {
        let _outer = Said(log.clone(), "outer local");
        defer! {
            yield_now().await;
            say(&log, "outer clean-up");
        }
        let _middle = Said(log.clone(), "middle local");
        {
            defer! { say(&log, "inner clean-up"); }
            let _inner = Said(log.clone(), "inner local");
            child(log.clone(), begun).await;
        }
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let said = cancelled(parent(log.clone(), begun.clone()), begun, &log).await;
        let expected = [
            "clean-up of the child",
            "local of the child",
            "inner local",
            "inner clean-up",
            "middle local",
            "outer clean-up",
            "outer local",
        ];
        assert_eq!(said, expected);
    }
    on_each_paused(test);
}

#[test]
fn clean_ups_run_newest_first() {
    #[costate::coroutine(Send)]
    fn three(log: Log, begun: Signal) {
        defer! { say(&log, "oldest"); }
        on_cancel! {
            yield_now().await;
            say(&log, "middle");
        }
        defer! {
            yield_now().await;
            say(&log, "newest");
        }
        begun.notify_one();
        pending().await
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let said = cancelled(three(log.clone(), begun.clone()), begun, &log).await;
        assert_eq!(said, ["newest", "middle", "oldest"]);
    }
    on_each_paused(test);
}

#[test]
fn what_was_not_reached_or_was_left_does_not_run() {
    #[costate::coroutine(Send)]
    fn parts(log: Log, begun: Signal) {
        {
            on_cancel! { say(&log, "its scope was left"); }
            yield_now().await;
        }
        defer! { say(&log, "reached"); }
        begun.notify_one();
        pending::<()>().await;
        defer! { say(&log, "not reached"); }
        yield_now().await;
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let said = cancelled(parts(log.clone(), begun.clone()), begun, &log).await;
        assert_eq!(said, ["reached"]);
    }
    on_each_paused(test);
}

/// A future that knows nothing of cancellation.
struct Plain(#[allow(dead_code, reason = "it is dropped")] Said);

impl Future for Plain {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}

#[test]
fn plain_futures_are_dropped_in_place() {
    #[costate::coroutine(Send)]
    fn awaits(log: Log, begun: Signal) {
        let _local = Said(log.clone(), "local");
        defer! { say(&log, "clean-up"); }
        begun.notify_one();
        Plain(Said(log.clone(), "plain future")).await;
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let said = cancelled(awaits(log.clone(), begun.clone()), begun, &log).await;
        assert_eq!(said, ["plain future", "clean-up", "local"]);
    }
    on_each_paused(test);
}

#[test]
fn losers_of_select_have_cleaned_up_before_the_winners_body() {
    #[costate::coroutine(Send)]
    fn test() {
        let log = Log::default();
        select! {
            biased;
            () = idle(log.clone(), Signal::default()) => {}
            () = turns(3) => say(&log, "body"),
            () = idle(log.clone(), Signal::default()) => {}
        }
        assert_eq!(said(&log), ["clean", "clean", "body"]);
    }
    on_each_paused(test);
}

#[test]
fn join_cancels_every_branch() {
    #[costate::coroutine(Send)]
    fn both(log: Log, begun: Signal) {
        let one = idle(log.clone(), Signal::default());
        let other = idle(log.clone(), begun);
        (one, turns(1), other).join().await;
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let said = cancelled(both(log.clone(), begun.clone()), begun, &log).await;
        assert_eq!(said, ["clean", "clean"]);
    }
    on_each_paused(test);
}

#[test]
fn timeout_waits_for_clean_up_under_its_own_limit() {
    #[costate::coroutine(Send)]
    fn takes(seconds: u64, log: Log) {
        defer! {
            sleep(Duration::from_secs(seconds)).await;
            say(&log, "clean");
        }
        pending().await
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Instant::now());
        let limit = Duration::from_secs(10);
        let late = timeout(limit, takes(8, log.clone())).clean_up_limit(limit);
        assert!(late.await.is_err());
        assert_eq!((begun.elapsed().as_secs(), said(&log)), (18, vec!["clean"]));
        let late = timeout(limit, takes(12, log.clone())).clean_up_limit(limit);
        assert!(late.await.is_err());
        assert_eq!((begun.elapsed().as_secs(), said(&log)), (38, vec![]));
    }
    on_each_paused(test);
}

#[test]
fn children_of_a_scope_are_cancelled_and_joined() {
    #[costate::coroutine(Send)]
    fn test() {
        let log = Log::default();
        let children = scope(|scope| {
            scope.spawn(idle(log.clone(), Signal::default()));
            scope.spawn(idle(log.clone(), Signal::default()));
            pending::<()>()
        });
        select! {
            () = children => {}
            () = turns(3) => say(&log, "joined"),
        }
        assert_eq!(said(&log), ["clean", "clean", "joined"]);
    }
    on_each_paused(test);
}

#[test]
fn locals_are_dropped_once_and_in_order() {
    #[costate::coroutine(Send)]
    fn holds(_argument: Said, log: Log, begun: Signal) {
        let _first = Said(log.clone(), "first");
        let moved = Said(log.clone(), "moved");
        let _second = Said(log.clone(), "second");
        drop(moved);
        begun.notify_one();
        let third = [Said(log.clone(), "third"), Said(log.clone(), "fourth")];
        pending::<()>().await;
        drop(third);
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (log, begun) = (Log::default(), Signal::default());
        let argument = Said(log.clone(), "argument");
        let task = spawn(holds(argument, log.clone(), begun.clone()));
        begun.notified().await;
        assert_eq!(task.cancel_and_join().await, None);
        let expected = ["moved", "third", "fourth", "second", "first", "argument"];
        assert_eq!(said(&log), expected);
    }
    on_each_paused(test);
}
