//! `defer!` on the ways out that are no cancellation.

use super::run;
use costate_tests::log::say;
use costate_tests::props::{Noisy, noisy, tick};

#[costate::coroutine]
fn at_the_end() -> u32 {
    let first = noisy("first");
    defer! { say("older"); }
    let second = noisy("second");
    defer! {
        say("newer");
        tick(1).await;
        say("after a wait");
    }
    let third = noisy("third");
    tick(1).await;
    say("body");
    7
}

#[test]
fn clean_up_runs_at_its_place_among_the_drops_newest_first() {
    let (output, said) = run(at_the_end());
    assert_eq!(output, 7);
    assert_eq!(
        said,
        "| body, drop third, newer | after a wait, drop second, older, drop first"
    );
}

#[costate::coroutine]
fn early(way: u32) -> Result<u32, String> {
    let held = noisy("held");
    defer! {
        say("clean up");
        tick(1).await;
    }
    tick(1).await;
    if way == 1 {
        return Ok(1);
    }
    let parsed: u32 = match way {
        2 => "no number".parse().map_err(|_| "error".to_owned())?,
        _ => 3,
    };
    Ok(parsed)
}

#[test]
fn return_and_question_mark_keep_their_value_while_it_runs() {
    let same = "| clean up | drop held";
    assert_eq!(run(early(1)), (Ok(1), same.into()));
    assert_eq!(run(early(2)), (Err("error".into()), same.into()));
    assert_eq!(run(early(3)), (Ok(3), same.into()));
}

#[costate::coroutine]
fn loops(until: u32) -> u32 {
    let mut rounds = 0;
    let found = 'all: loop {
        defer! { say(format_args!("round {rounds}")); tick(1).await; }
        rounds += 1;
        for inner in 0..3 {
            let item = noisy("item");
            defer! { say(format_args!("inner {inner}")); }
            tick(1).await;
            if rounds == 1 {
                continue 'all;
            }
            if inner == 1 {
                break;
            }
            if rounds == until {
                break 'all rounds;
            }
        }
    };
    found * 10
}

#[test]
fn break_and_continue_clean_up_every_scope_that_they_leave() {
    let (output, said) = run(loops(3));
    assert_eq!(output, 30);
    let expected = "| drop item, inner 0, round 1 | | drop item, inner 0 | drop item, inner 1, round 2 | | drop item, \
                    inner 0, round 3 |";
    let (said, expected) = (
        said.replace(['|', ','], ""),
        expected.replace(['|', ','], ""),
    );
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // Inner scopes drop what was declared after their clean-up before it; `item` was declared before.
    assert_eq!(
        words(&said),
        words(
            &expected
                .replace("drop item inner 0", "inner 0 drop item")
                .replace("drop item inner 1", "inner 1 drop item")
        )
    );
}

#[costate::coroutine]
fn without_suspensions(fail: bool) -> Option<u32> {
    defer! { say("clean up"); }
    let n = Some(1).filter(|_| !fail)?;
    say("body");
    Some(n)
}

#[test]
fn a_function_that_never_suspends_cleans_up_too() {
    assert_eq!(
        run(without_suspensions(false)),
        (Some(1), "body, clean up".into())
    );
    assert_eq!(run(without_suspensions(true)), (None, "clean up".into()));
}

#[costate::coroutine]
fn sees_locals_as_they_are() -> u32 {
    let mut n = 1;
    let mut names = vec![noisy("kept")];
    defer! {
        names.push(noisy("pushed"));
        say(format_args!("{n} {}", names.len()));
        n += 100;
        say(n);
    }
    n += 1;
    tick(1).await;
    names.pop();
    n
}

#[test]
fn it_sees_locals_as_they_are_then_and_may_change_them() {
    let (output, said) = run(sees_locals_as_they_are());
    assert_eq!(
        (output, said.as_str()),
        (2, "| drop kept, 2 1, 102, drop pushed")
    );
}

struct Connection<'a>(&'a mut Vec<&'static str>);

struct Transaction<'a, 'b>(&'a mut Connection<'b>);

impl<'b> Connection<'b> {
    #[costate::coroutine]
    fn begin(&mut self) -> Transaction<'_, 'b> {
        tick(1).await;
        self.0.push("begin");
        Transaction(self)
    }

    #[costate::coroutine]
    fn close(&mut self) {
        tick(1).await;
        self.0.push("close");
    }
}

impl Transaction<'_, '_> {
    #[costate::coroutine]
    fn commit(self) {
        tick(1).await;
        self.0.0.push("commit");
    }
}

impl Drop for Transaction<'_, '_> {
    fn drop(&mut self) {
        self.0.0.push("end");
    }
}

#[costate::coroutine]
fn transfer(log: &mut Vec<&'static str>, fail: bool) -> Result<(), &'static str> {
    let mut connection = Connection(log);
    defer! { connection.close().await }
    let transaction = connection.begin().await;
    if fail {
        return Err("no money");
    }
    transaction.commit().await;
    Ok(())
}

#[test]
fn what_was_declared_later_may_borrow_what_it_uses() {
    let mut log = Vec::new();
    assert_eq!(run(transfer(&mut log, false)).0, Ok(()));
    assert_eq!(log, ["begin", "commit", "end", "close"]);
    let mut log = Vec::new();
    assert_eq!(run(transfer(&mut log, true)).0, Err("no money"));
    assert_eq!(log, ["begin", "end", "close"]);
}

#[costate::coroutine]
fn moved_in(held: Noisy) {
    let taken = held;
    defer! { say(taken.into_name()); }
    tick(1).await;
}

#[test]
fn it_may_move_what_nobody_else_has_moved() {
    let (_, said) = run(moved_in(noisy("held")));
    assert_eq!(said, "| consume held, drop held, held");
}

#[costate::coroutine]
fn generic<T: std::fmt::Debug, F: Future<Output = T>>(future: F, into: &mut Vec<T>) -> usize {
    defer! { say(format_args!("{into:?}")); }
    let value = future.await;
    into.push(value);
    into.len()
}

#[test]
fn generic_functions_and_borrowed_arguments() {
    let mut values = vec![1];
    let (output, said) = run(generic(costate_tests::props::after(1, 2), &mut values));
    assert_eq!((output, said.as_str()), (2, "| [1, 2]"));
}

#[costate::coroutine(yield = u32)]
fn counter() {
    let held = noisy("held");
    defer! { say("end"); }
    for n in 0..2 {
        defer! { say(format_args!("after {n}")); }
        yield_!(n);
    }
}

#[test]
fn generators_clean_up_at_their_end_and_when_they_are_dropped() {
    use costate::Generator;
    let mut whole = Box::pin(counter());
    assert_eq!(whole.as_mut().iter().collect::<Vec<_>>(), [0, 1]);
    assert_eq!(super::said(), "after 0, after 1, end, drop held");
    let mut left = Box::pin(counter());
    assert_eq!(left.as_mut().iter().next(), Some(0));
    drop(left);
    assert_eq!(super::said(), "after 0, end, drop held");
}

use std::future::Future;
