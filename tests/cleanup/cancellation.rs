//! `poll_cancel`: which clean-up runs, in which order.

use super::{cancel_after, run};
use costate_tests::log::say;
use costate_tests::props::{noisy, tick};

#[costate::coroutine]
fn nested() {
    let outer = noisy("outer");
    defer! { say("outer clean-up"); tick(1).await; }
    inner().await;
    defer! { say("never reached"); }
    tick(1).await;
}

#[costate::coroutine]
fn inner() {
    let first = noisy("first");
    on_cancel! { say("older"); tick(1).await; }
    let second = noisy("second");
    defer! { say("newer"); tick(2).await; }
    tick(1).await;
    say("inner goes on");
}

#[test]
fn it_reaches_the_innermost_first_then_outward_newest_first() {
    assert_eq!(
        cancel_after(1, nested()),
        "newer | | drop second, older | drop first, outer clean-up | drop outer"
    );
}

#[test]
fn what_was_not_reached_does_not_run() {
    // In the second poll `inner` has ended and the last `defer!` has been passed.
    assert_eq!(
        run(nested()).1,
        "| inner goes on, newer | | drop second, drop first | never reached, outer clean-up | drop outer"
    );
    assert!(!cancel_after(1, nested()).contains("never reached"));
}

#[test]
fn before_the_first_poll_the_body_never_runs() {
    assert_eq!(cancel_after(0, nested()), "");
}

#[costate::coroutine]
fn only_when_cancelled(n: u32) {
    on_cancel! { say("cancelled"); }
    tick(n).await;
}

#[test]
fn on_cancel_runs_only_then() {
    assert_eq!(run(only_when_cancelled(1)).1, "|");
    assert_eq!(cancel_after(1, only_when_cancelled(1)), "cancelled");
}

#[costate::coroutine]
fn scope_by_scope() {
    on_cancel! { say("function"); }
    {
        on_cancel! { say("left already"); }
        tick(1).await;
    }
    {
        let inside = noisy("inside");
        on_cancel! { say("block"); }
        tick(1).await;
    }
}

#[test]
fn clean_up_belongs_to_its_scope() {
    assert_eq!(cancel_after(1, scope_by_scope()), "left already, function");
    assert_eq!(
        cancel_after(2, scope_by_scope()),
        "block, drop inside, function"
    );
}

#[costate::coroutine]
fn at_the_end() -> u32 {
    let held = noisy("held");
    on_cancel! { say("further out"); }
    {
        defer! { say("begun"); tick(2).await; say("ended"); }
        tick(1).await;
    }
    say("goes on");
    tick(1).await;
    1
}

#[test]
fn it_waits_for_clean_up_that_runs_already_and_goes_on_from_there() {
    assert_eq!(
        cancel_after(2, at_the_end()),
        "| ended, further out, drop held"
    );
}

#[costate::coroutine]
fn returns() -> u32 {
    defer! { say("begun"); tick(2).await; say("ended"); }
    tick(1).await;
    let kept = noisy("kept");
    return kept.name().len() as u32;
}

#[test]
fn a_value_that_was_kept_is_given_up() {
    assert_eq!(cancel_after(2, returns()), "| ended");
}

#[costate::coroutine]
fn moved_on(early: bool) {
    let transaction = noisy("transaction");
    on_cancel! { say(format_args!("roll back {}", transaction.into_name())); }
    tick(1).await;
    if early {
        tick(1).await;
    }
}

#[test]
fn clean_up_may_consume() {
    for polls in 1..3 {
        assert_eq!(
            cancel_after(polls, moved_on(true)),
            "consume transaction, drop transaction, roll back transaction"
        );
    }
    assert_eq!(run(moved_on(false)).1, "| drop transaction");
}

#[costate::coroutine]
fn perhaps_moved(moves: bool) {
    let mut slot = Some(noisy("value"));
    on_cancel! { say(format_args!("left {:?}", slot.is_some())); drop(slot); }
    if moves {
        drop(slot.take());
    }
    tick(1).await;
}

#[test]
fn what_it_holds_is_dropped_once() {
    assert_eq!(cancel_after(1, perhaps_moved(true)), "left false");
    assert_eq!(
        cancel_after(1, perhaps_moved(false)),
        "left true, drop value"
    );
}

#[costate::coroutine]
fn plain_children() {
    defer! { say("clean up"); }
    let first = noisy("held");
    std::future::pending::<()>().await;
}

#[test]
fn plain_futures_are_dropped_in_place() {
    assert_eq!(cancel_after(1, plain_children()), "drop held, clean up");
}

#[costate::coroutine]
fn deep(n: u32) {
    defer! { say(format_args!("level {n}")); tick(1).await; }
    if n == 0 {
        std::future::pending::<()>().await;
    }
    Box::pin(deep(n - 1)).await;
}

#[test]
fn a_recursive_coroutine_cleans_up_level_by_level() {
    assert_eq!(cancel_after(1, deep(2)), "level 0 | level 1 | level 2 |");
}

#[test]
fn a_machine_that_is_cleaning_up_is_not_polled() {
    use costate::Coroutine;
    use std::future::Future;
    use std::task::{Context, Waker};
    let mut machine = Box::pin(nested());
    let mut cx = Context::from_waker(Waker::noop());
    assert!(machine.as_mut().poll(&mut cx).is_pending());
    assert!(machine.as_mut().poll_cancel(&mut cx).is_pending());
    let polled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let _ = machine.as_mut().poll(&mut cx);
    }));
    let message = polled.expect_err("it is polled after it was cancelled");
    assert_eq!(
        message.downcast_ref::<String>().map(String::as_str),
        Some("`nested` resumed after it ended")
    );
}

#[test]
fn tracing_says_what_clean_up_waits_for() {
    use costate::Coroutine;
    use std::future::Future;
    use std::task::{Context, Waker};
    let mut machine = Box::pin(inner());
    let mut cx = Context::from_waker(Waker::noop());
    assert!(machine.as_mut().poll(&mut cx).is_pending());
    assert!(machine.as_mut().poll_cancel(&mut cx).is_pending());
    let mut awaiting = Vec::new();
    machine
        .as_mut()
        .trace(&mut |frame| awaiting.push(frame.awaiting));
    assert_eq!(awaiting, ["tick(2)"]);
}
