//! `select!` in a coroutine.

use super::{cancel_after, run};
use costate_tests::log::say;
use costate_tests::props::{after, noisy, tick};
use std::future::{pending, ready};

#[costate::coroutine]
fn slow(name: &'static str, polls: u32) -> u32 {
    on_cancel! { say(format_args!("undo {name}")); tick(1).await; say(format_args!("undone {name}")); }
    tick(polls).await;
    polls
}

#[costate::coroutine]
fn winner() -> u32 {
    select! {
        biased;
        n = slow("a", 3) => n,
        n = slow("b", 1) => { say("body"); n + 100 }
        _ = pending::<()>() => 0,
    }
}

#[test]
fn losers_have_cleaned_up_before_the_winners_body_runs() {
    assert_eq!(run(winner()), (101, "| undo a | undone a, body".into()));
}

#[test]
fn cancelling_it_cancels_every_branch() {
    assert_eq!(
        cancel_after(1, winner()),
        "undo a, undo b | undone a, undone b"
    );
}

#[costate::coroutine]
fn bodies(way: u32) -> Result<u32, String> {
    let mut rounds = 0;
    loop {
        rounds += 1;
        select! {
            n = ready(way), if way != 3 || rounds == 2 => match n {
                0 => return Ok(rounds),
                1 => break,
                2 => { Err("two".to_owned())?; }
                _ => { tick(1).await; break }
            },
            else => continue,
        }
    }
    Ok(rounds + 10)
}

#[test]
fn bodies_are_code_of_the_function() {
    assert_eq!(run(bodies(0)).0, Ok(1));
    assert_eq!(run(bodies(1)).0, Ok(11));
    assert_eq!(run(bodies(2)).0, Err("two".to_owned()));
    assert_eq!(run(bodies(3)), (Ok(12), "|".into()));
}

#[costate::coroutine]
fn patterns(which: u32) -> &'static str {
    select! {
        biased;
        Some(name) = ready((which == 0).then_some("some")) => name,
        5 | 6 = after(1, which) => "five or six",
        (7, _) = ready((which, 1)), if which > 6 => "seven",
        else => "nobody",
    }
}

#[test]
fn what_does_not_match_is_out() {
    assert_eq!(run(patterns(0)).0, "some");
    assert_eq!(run(patterns(5)).0, "five or six");
    assert_eq!(run(patterns(7)).0, "seven");
    assert_eq!(run(patterns(9)).0, "nobody");
}

#[costate::coroutine]
fn not_made() {
    select! {
        () = { say("made"); ready(()) }, if false => {}
        () = ready(()) => say("the other"),
    }
}

#[test]
fn a_future_whose_condition_does_not_hold_is_not_made() {
    assert_eq!(run(not_made()).1, "the other");
}

#[costate::coroutine]
fn nobody() {
    select! { 1 = ready(2) => {} }
}

#[test]
#[should_panic(expected = "no branch of this `select!` is left")]
fn without_a_branch_left_it_panics() {
    run(nobody());
}

#[costate::coroutine]
fn turns(of: u32) -> Vec<u32> {
    let mut counts = vec![0; 3];
    for _ in 0..of {
        select! {
            () = ready(()) => counts[0] += 1,
            () = ready(()) => counts[1] += 1,
            () = ready(()) => counts[2] += 1,
        }
    }
    counts
}

#[test]
fn branches_that_are_always_ready_win_equally_often() {
    assert_eq!(run(turns(30)).0, [10, 10, 10]);
}

#[costate::coroutine]
fn by_reference() -> u32 {
    let mut timer = std::pin::pin!(tick(3));
    let mut others = 0;
    loop {
        select! {
            biased;
            () = &mut timer => return others,
            () = tick(1) => others += 1,
        }
    }
}

#[test]
fn a_future_that_is_lent_goes_on() {
    assert_eq!(run(by_reference()).0, 1);
}

#[costate::coroutine]
fn many() -> u32 {
    let held = noisy("held");
    select! {
        n = pending() => n, n = pending() => n, n = pending() => n, n = pending() => n,
        n = pending() => n, n = pending() => n, n = pending() => n, n = pending() => n,
        n = pending() => n, n = after(2, 9) => n,
    }
}

#[test]
fn there_may_be_many() {
    assert_eq!(run(many()), (9, "| | drop held".into()));
}

#[costate::coroutine]
fn with_clean_up(way: u32) -> u32 {
    defer! { say("clean up"); tick(1).await; }
    select! {
        n = after(1, way) => { if n == 1 { return 5 } n }
        () = pending() => 0,
    }
}

#[test]
fn a_body_leaves_through_clean_up() {
    assert_eq!(run(with_clean_up(1)), (5, "| clean up |".into()));
    assert_eq!(run(with_clean_up(2)), (2, "| clean up |".into()));
}

#[costate::coroutine]
fn inside_clean_up() {
    defer! {
        select! { () = tick(1) => say("in time"), () = pending() => {} }
    }
    tick(1).await;
}

#[test]
fn clean_up_may_select() {
    assert_eq!(cancel_after(1, inside_clean_up()), "| in time");
}

#[costate::coroutine]
fn behind_references(values: &[u32]) -> u32 {
    select! {
        Some(&last) = std::future::ready(values.last()) => last,
        (&[], _) | (_, &0) = std::future::ready((values, &0)) => 0,
        else => 1,
    }
}

#[test]
fn a_pattern_may_look_behind_references() {
    assert_eq!(run(behind_references(&[1, 2])).0, 2);
    assert_eq!(run(behind_references(&[])).0, 0);
}
