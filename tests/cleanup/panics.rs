//! Panics: in the body, in clean-up, in what is dropped, in a child that is cancelled.

use super::{cancel_after, drop_after, panic_of, run};
use costate_tests::log::{Injected, say};
use costate_tests::props::{Noisy, noisy, tick};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// Quietly.
fn throw() {
    resume_unwind(Box::new(Injected("thrown".into())));
}

#[costate::coroutine]
fn body() {
    let held = noisy("held");
    defer! { say("clean up"); }
    on_cancel! { say("cancelled"); }
    tick(1).await;
    let later = noisy("later");
    throw();
}

#[test]
fn a_panic_in_the_body_drops_and_cleans_nothing_up() {
    assert_eq!(panic_of(body()), "| drop later, drop held");
}

#[costate::coroutine]
fn in_clean_up(waits: u32) {
    let first = noisy("first");
    let mut shared = vec![1];
    defer! { say(format_args!("outer {shared:?}")); tick(1).await; say("outer ended"); }
    let second = noisy("second");
    let gone = noisy("gone");
    defer! {
        let own = noisy("own");
        shared.push(2);
        drop(gone);
        tick(waits).await;
        let middle = shared.drain(..1);
        throw();
        drop(middle);
    }
    let third = noisy("third");
    tick(1).await;
}

#[test]
fn a_panic_in_clean_up_keeps_none_of_the_others_from_running() {
    for waits in 0..2 {
        let said = cancel_after(1, in_clean_up(waits)).replace(" | drop own", ", drop own");
        assert_eq!(
            said,
            "drop third, drop gone, drop own, drop second, outer [2] | outer ended, drop first",
            "with {waits} waits"
        );
    }
}

#[test]
fn on_a_way_out_that_is_no_cancellation_it_goes_on_when_the_others_have_run() {
    for waits in 0..2 {
        let said = panic_of(in_clean_up(waits)).replace(" | drop own", ", drop own");
        assert_eq!(
            said,
            "| drop third, drop gone, drop own, drop second, outer [2] | outer ended, drop first",
            "with {waits} waits"
        );
    }
}

/// `way`: whether the inner clean-up panics.
#[costate::coroutine]
fn at_each_end(way: u32) -> Result<u32, u32> {
    let first = noisy("first");
    defer! { say("outer"); }
    on_cancel! { say("cancelled"); }
    defer! { say("middle"); tick(1).await; say("middle ended"); }
    for turn in 0..2 {
        let second = noisy("second");
        defer! {
            say("inner");
            if turn == 1 { throw(); }
        }
        match way {
            0 => continue,
            1 if turn == 1 => return Ok(1),
            2 if turn == 1 => Err(2u32)?,
            3 if turn == 1 => break,
            _ => {}
        }
    }
    Ok(0)
}

#[test]
fn it_goes_on_at_each_end_and_on_cancel_is_for_cancellations() {
    let end = "inner, drop second, inner, drop second, middle | middle ended, outer, drop first";
    for way in 0..5 {
        assert_eq!(panic_of(at_each_end(way)), end, "way {way}");
    }
}

#[test]
fn cancelled_while_other_clean_up_runs_it_is_no_more_than_reported() {
    assert_eq!(
        cancel_after(1, at_each_end(1)),
        "middle ended, cancelled, outer, drop first"
    );
    let before = costate::cancel::clean_ups();
    assert_eq!(
        drop_after(1, at_each_end(1)),
        "cancelled, outer, drop first"
    );
    let after = costate::cancel::clean_ups();
    assert!(after.panicked > before.panicked);
    assert!(after.abandoned > before.abandoned);
}

#[costate::coroutine]
fn one_after_the_other() {
    defer! { say("last"); }
    defer! { say("third"); resume_unwind(Box::new(Injected("third".into()))); }
    defer! { say("second"); resume_unwind(Box::new(Injected("second".into()))); }
    on_cancel! { say("never"); tick(1).await; }
    defer! { say("first"); resume_unwind(Box::new(Injected("first".into()))); }
}

#[test]
fn of_several_panics_the_first_goes_on() {
    let caught = catch_unwind(AssertUnwindSafe(|| run(one_after_the_other())));
    let payload = caught.expect_err("it panics");
    let injected = payload.downcast::<Injected>().expect("it is one of these");
    assert_eq!(injected.0, "first");
    assert_eq!(super::said(), "first, second, third, last");
}

/// Cancelled while its clean-up waits that has begun at its end.
#[costate::coroutine]
fn begun_before() -> Result<u32, u32> {
    on_cancel! { say("cancelled"); }
    defer! { say("begun"); tick(1).await; throw(); }
    Ok(1)
}

#[test]
fn clean_up_that_had_begun_when_the_cancellation_came_may_panic() {
    assert_eq!(cancel_after(1, begun_before()), "cancelled");
}

#[costate::coroutine]
fn last() {
    let held = noisy("held");
    on_cancel! { throw(); }
    tick(1).await;
}

#[test]
fn a_panic_in_the_last_clean_up_drops_what_is_held() {
    assert_eq!(cancel_after(1, last()), "drop held");
    assert_eq!(drop_after(1, last()), "drop held");
}

struct Thrower;

impl Drop for Thrower {
    fn drop(&mut self) {
        say("throw");
        throw();
    }
}

#[costate::coroutine]
fn in_a_drop() {
    let first = noisy("first");
    defer! { say("outer"); tick(1).await; }
    let second = noisy("second");
    on_cancel! { say("inner"); }
    let third = noisy("third");
    let thrower = Thrower;
    let fourth = noisy("fourth");
    tick(1).await;
}

#[test]
fn a_panic_in_a_drop_is_contained() {
    assert_eq!(
        cancel_after(1, in_a_drop()),
        "drop fourth, throw, drop third, inner, drop second, outer | drop first"
    );
    assert_eq!(
        drop_after(1, in_a_drop()),
        "drop fourth, throw, drop third, inner, drop second, drop first"
    );
}

#[costate::coroutine]
fn child() {
    let held: Noisy = noisy("child");
    on_cancel! { throw(); }
    tick(1).await;
}

#[costate::coroutine]
fn parent() {
    defer! { say("parent"); tick(1).await; }
    child().await;
}

#[test]
fn a_child_that_panics_while_it_is_cancelled() {
    assert_eq!(cancel_after(1, parent()), "drop child, parent |");
}

struct Poisonous;

impl costate::Coroutine for Poisonous {
    fn poll_cancel(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<()> {
        throw();
        std::task::Poll::Ready(())
    }

    fn trace(self: std::pin::Pin<&mut Self>, _: &mut dyn FnMut(costate::Frame)) {}
}

impl std::future::Future for Poisonous {
    type Output = ();
    fn poll(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<()> {
        std::task::Poll::Pending
    }
}

impl Drop for Poisonous {
    fn drop(&mut self) {
        say("drop the child");
    }
}

#[costate::coroutine]
fn around_poison() {
    let held = noisy("held");
    defer! { say("clean up"); }
    Poisonous.await;
}

#[test]
fn a_child_written_by_hand_whose_cancellation_panics() {
    assert_eq!(
        cancel_after(1, around_poison()),
        "drop the child, clean up, drop held"
    );
}

#[costate::coroutine]
fn without_clean_up(name: &'static str) {
    let thrower = Thrower;
    let held = noisy(name);
    tick(9).await;
}

#[costate::coroutine]
fn several() {
    let held = noisy("outer");
    select! {
        biased;
        () = tick(1) => say("body"),
        () = without_clean_up("first") => {}
        () = last() => {}
        () = child_that_cleans_up() => {}
    }
    say("after it");
}

#[costate::coroutine]
fn child_that_cleans_up() {
    defer! { tick(1).await; say("clean"); }
    tick(9).await;
}

#[test]
fn a_branch_that_panics_while_it_is_cancelled_keeps_no_other_from_its_clean_up() {
    let lost = "drop first, throw, drop held | clean";
    assert_eq!(cancel_after(1, several()), format!("{lost}, drop outer"));
    let (_, said) = super::run(several());
    assert_eq!(said, format!("| {lost}, body, after it, drop outer"));
}

#[costate::coroutine]
fn returned() -> Thrower {
    defer! { say("outer"); tick(1).await; }
    {
        defer! { say("inner"); tick(2).await; }
        tick(1).await;
        return Thrower;
    }
}

#[test]
fn a_panic_in_the_drop_of_what_would_have_been_returned() {
    assert_eq!(cancel_after(2, returned()), "| throw, outer |");
}

/// Leaves a scope with clean-up, in which it is cancelled; what drops after that panics.
#[costate::coroutine]
fn between(way: u32) -> Option<u32> {
    let first = noisy("first");
    let mut shared = vec![1];
    defer! { say(format_args!("outer {shared:?}")); tick(1).await; say("outer ended"); }
    let mut rounds = 0;
    loop {
        on_cancel! { say("loop"); tick(1).await; }
        rounds += 1;
        if rounds == 2 {
            return None;
        }
        let second = noisy("second");
        let thrower = Thrower;
        let third = noisy("third");
        defer! { say("inner"); shared.push(2); tick(1).await; say("inner ended"); }
        let fourth = noisy("fourth");
        match way {
            0 => continue,
            1 => break,
            2 => return None,
            3 => None?,
            _ => {}
        }
    }
    Some(1)
}

#[test]
fn a_drop_behind_clean_up_that_was_cancelled_keeps_none_of_the_others_from_running() {
    for way in 0..5 {
        // It is cancelled while the inner one waits.
        let rest = "drop third, throw, drop second, loop | outer [1, 2] | outer ended, drop first";
        assert_eq!(
            cancel_after(1, between(way)),
            format!("inner ended, {rest}"),
            "on way {way}"
        );
        assert_eq!(
            drop_after(1, between(way)),
            "drop third, throw, drop second, drop first",
            "on way {way}"
        );
        // Where it is not cancelled, it is a panic of the function's.
        assert_eq!(
            panic_of(between(way)),
            "drop fourth, inner | inner ended, drop third, throw, drop second, drop first",
            "on way {way}"
        );
    }
}
