//! A plain drop, as other executors do it: clean-up that waits for nothing runs.

use super::drop_after;
use costate::cancel::clean_ups;
use costate_tests::log::say;
use costate_tests::props::{noisy, tick};
use std::sync::Mutex;

/// The counters are the process's, so those who look at them take turns.
static ALONE: Mutex<()> = Mutex::new(());

#[costate::coroutine]
fn both_kinds() {
    let first = noisy("first");
    defer! { say("sync"); }
    let second = noisy("second");
    defer! { say("waits"); tick(1).await; }
    on_cancel! { say("cancelled"); }
    tick(1).await;
    say("goes on");
    tick(1).await;
}

#[test]
fn clean_up_without_suspensions_runs_and_the_rest_is_counted() {
    let _alone = ALONE.lock();
    let before = clean_ups();
    for polls in 1..3 {
        assert_eq!(
            drop_after(polls, both_kinds()),
            "cancelled, drop second, sync, drop first"
        );
    }
    assert!(clean_ups().skipped >= before.skipped + 2);
    assert_eq!(drop_after(0, both_kinds()), "");
}

#[costate::coroutine]
fn in_the_middle() {
    let held = noisy("held");
    defer! { say("further out"); }
    {
        defer! {
            let own = noisy("own");
            tick(1).await;
            say("never");
        }
        say("body");
    }
    tick(1).await;
}

#[test]
fn clean_up_that_has_begun_is_dropped_where_it_stands() {
    let _alone = ALONE.lock();
    let before = clean_ups();
    assert_eq!(
        drop_after(1, in_the_middle()),
        "drop own, further out, drop held"
    );
    assert!(clean_ups().abandoned > before.abandoned);
}

#[costate::coroutine]
fn outer() {
    defer! { say("outer"); }
    both_kinds().await;
}

#[test]
fn the_child_goes_first() {
    let _alone = ALONE.lock();
    assert_eq!(
        drop_after(1, outer()),
        "cancelled, drop second, sync, drop first, outer"
    );
}

#[test]
fn a_machine_whose_cancellation_was_given_up_is_dropped_from_there() {
    use costate::Coroutine;
    use std::future::Future;
    use std::task::{Context, Waker};
    let _alone = ALONE.lock();
    let mut machine = Box::pin(both_kinds());
    let mut cx = Context::from_waker(Waker::noop());
    assert!(machine.as_mut().poll(&mut cx).is_pending());
    assert!(machine.as_mut().poll_cancel(&mut cx).is_pending());
    assert_eq!(super::said().replace("drop tick, ", ""), "cancelled, waits");
    drop(machine);
    assert_eq!(super::said(), "drop second, sync, drop first");
}
