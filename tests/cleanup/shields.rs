//! `shield` and `cancelled`.

use super::{cancel_after, drop_after, run};
use costate::{cancelled, shield};
use costate_tests::log::say;
use costate_tests::props::{noisy, tick};

#[costate::coroutine]
fn part() -> u32 {
    let held = noisy("held");
    on_cancel! { say("never"); }
    tick(1).await;
    say("half");
    tick(1).await;
    say("whole");
    1
}

#[costate::coroutine]
fn all_or_nothing() -> u32 {
    defer! { say("clean up"); }
    let n = shield(part()).await;
    say("goes on");
    n
}

#[test]
fn a_shielded_part_runs_to_its_end_and_nothing_after_it() {
    assert_eq!(
        run(all_or_nothing()),
        (1, "| half | whole, drop held, goes on, clean up".into())
    );
    assert_eq!(
        cancel_after(1, all_or_nothing()),
        "half | whole, drop held, clean up"
    );
    assert_eq!(
        cancel_after(2, all_or_nothing()),
        "whole, drop held, clean up"
    );
    assert_eq!(
        drop_after(1, all_or_nothing()),
        "never, drop held, clean up"
    );
}

#[costate::coroutine]
fn asks() -> &'static str {
    select! {
        biased;
        () = cancelled() => { say("asked to end"); tick(1).await; "early" }
        () = tick(3) => "late",
    }
}

#[costate::coroutine]
fn cooperates() -> &'static str {
    shield(asks()).await
}

#[test]
fn a_shielded_part_is_told() {
    assert_eq!(run(cooperates()), ("late", "| | |".into()));
    assert_eq!(cancel_after(1, cooperates()), "asked to end |");
    assert_eq!(run(async { asks().await }).0, "late");
}
