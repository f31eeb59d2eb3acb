//! What a machine can do that an `async fn` can't: be asked to give up, and say where it stands.
//!
//! (That a cancelled machine drops what an `async fn` drops, in the same order and at every
//! suspension, is a part of every differential test.)

// Locals are held to be seen dropping, and results are named to be awaited at statement level.
#![allow(unused_variables, clippy::let_and_return)]

use costate::{Coroutine, Frame};
use costate_tests::log::{self, say};
use costate_tests::props::{Noisy, noisy, tick};
use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// A child by hand that needs some polls to be cancelled.
struct Slow {
    left: u32,
    panics: bool,
}

/// A child that is never ready by itself and is cancelled after `left` polls.
fn slow(left: u32) -> Slow {
    Slow {
        left,
        panics: false,
    }
}

impl Future for Slow {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        say("poll the child");
        Poll::Pending
    }
}

impl Coroutine for Slow {
    fn poll_cancel(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        say("cancel the child");
        assert!(!self.panics, "in the child's clean-up");
        if self.left == 0 {
            return Poll::Ready(());
        }
        self.left -= 1;
        Poll::Pending
    }

    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}

impl Drop for Slow {
    fn drop(&mut self) {
        say("drop the child");
    }
}

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn cancel<C: Coroutine + ?Sized>(machine: Pin<&mut C>) -> Poll<()> {
    machine.poll_cancel(&mut Context::from_waker(Waker::noop()))
}

/// Drops `machine` and gives everything that was said since the last time.
fn end<T>(machine: T) -> Vec<String> {
    drop(machine);
    log::take()
}

#[costate::coroutine]
fn wait_for<F: Future<Output = u32>>(argument: Noisy, child: F) -> u32 {
    let local = noisy("local");
    let n = child.await;
    let never = noisy("never");
    n
}

#[test]
fn cancellation_waits_for_the_child_then_drops_what_is_held() {
    log::reset();
    let mut machine = Box::pin(wait_for_slow(noisy("argument")));
    assert!(poll(machine.as_mut()).is_pending());
    assert_eq!(
        log::take(),
        ["make argument", "make local", "poll the child"]
    );
    assert!(cancel(machine.as_mut()).is_pending());
    assert_eq!(log::take(), ["cancel the child"]);
    assert!(cancel(machine.as_mut()).is_ready());
    let dropped = [
        "cancel the child",
        "drop the child",
        "drop local",
        "drop argument",
    ];
    assert_eq!(log::take(), dropped);
    assert!(cancel(machine.as_mut()).is_ready());
    assert!(end(machine).is_empty());
}

#[costate::coroutine]
fn wait_for_slow(argument: Noisy) -> u32 {
    let local = noisy("local");
    let n = slow(1).await;
    let never = noisy("never");
    n
}

#[test]
fn cancellation_goes_through_every_machine_to_the_innermost() {
    #[costate::coroutine]
    fn outer() -> u32 {
        let outermost = noisy("outermost");
        let n = wait_for_slow(noisy("argument")).await;
        n
    }
    log::reset();
    let mut machine = Box::pin(outer());
    assert!(poll(machine.as_mut()).is_pending());
    let _ = log::take();
    assert!(cancel(machine.as_mut()).is_pending());
    assert!(cancel(machine.as_mut()).is_ready());
    let expected = [
        "cancel the child",
        "cancel the child",
        "drop the child",
        "drop local",
        "drop argument",
        "drop outermost",
    ];
    assert_eq!(log::take(), expected);
    assert!(end(machine).is_empty());
}

#[test]
fn a_boxed_child_is_cancelled_and_a_borrowed_one_is_not() {
    #[costate::coroutine]
    fn boxed() -> u32 {
        let n = Box::pin(slow(0)).await;
        n
    }
    #[costate::coroutine]
    fn borrowed(child: Pin<&mut Slow>) -> u32 {
        let n = child.await;
        n
    }
    log::reset();
    let mut machine = Box::pin(boxed());
    assert!(poll(machine.as_mut()).is_pending());
    assert!(cancel(machine.as_mut()).is_ready());
    assert_eq!(
        end(machine),
        ["poll the child", "cancel the child", "drop the child"]
    );

    let mut child = pin!(slow(0));
    let mut machine = Box::pin(borrowed(child.as_mut()));
    assert!(poll(machine.as_mut()).is_pending());
    assert!(cancel(machine.as_mut()).is_ready());
    assert_eq!(end(machine), ["poll the child"]);
    assert!(poll(child).is_pending());
}

#[test]
fn an_ordinary_future_is_dropped_at_once() {
    log::reset();
    let mut machine = Box::pin(wait_for(noisy("argument"), pending()));
    assert!(poll(machine.as_mut()).is_pending());
    assert!(cancel(machine.as_mut()).is_ready());
    let expected = ["make argument", "make local", "drop local", "drop argument"];
    assert_eq!(end(machine), expected);
}

#[test]
fn a_machine_that_never_ran_is_cancelled_without_running() {
    log::reset();
    let mut machine = Box::pin(wait_for(noisy("argument"), slow(5)));
    assert!(cancel(machine.as_mut()).is_ready());
    assert_eq!(
        end(machine),
        ["make argument", "drop argument", "drop the child"]
    );
}

#[test]
fn a_machine_that_has_ended_is_cancelled_without_effect() {
    #[costate::coroutine]
    fn quick(held: Noisy) -> u32 {
        tick(0).await;
        3
    }
    log::reset();
    let mut machine = Box::pin(quick(noisy("argument")));
    assert_eq!(poll(machine.as_mut()), Poll::Ready(3));
    let _ = log::take();
    assert!(cancel(machine.as_mut()).is_ready());
    assert!(end(machine).is_empty());
}

#[test]
fn a_machine_that_was_asked_to_give_up_is_not_resumed() {
    log::reset();
    let mut machine = Box::pin(wait_for_slow(noisy("argument")));
    assert!(poll(machine.as_mut()).is_pending());
    assert!(cancel(machine.as_mut()).is_pending());
    let resumed = catch_unwind(AssertUnwindSafe(|| poll(machine.as_mut()).is_ready()));
    assert!(resumed.is_err());
    let _ = catch_unwind(AssertUnwindSafe(|| cancel(machine.as_mut()).is_ready()));
    drop(machine);
    assert_eq!(log::alive(), 0);
}

#[test]
fn a_machine_dropped_while_it_is_cancelled_drops_everything_once() {
    log::reset();
    let mut machine = Box::pin(wait_for_slow(noisy("argument")));
    assert!(poll(machine.as_mut()).is_pending());
    assert!(cancel(machine.as_mut()).is_pending());
    let _ = log::take();
    assert_eq!(
        end(machine),
        ["drop the child", "drop local", "drop argument"]
    );
}

#[test]
fn a_panic_of_the_child_does_not_keep_the_rest_from_dropping() {
    #[costate::coroutine]
    fn wait() -> u32 {
        let local = noisy("local");
        let n = broken().await;
        n
    }
    fn broken() -> Slow {
        Slow {
            left: 0,
            panics: true,
        }
    }
    log::reset();
    let mut machine = Box::pin(wait());
    assert!(poll(machine.as_mut()).is_pending());
    let _ = log::take();
    // Whether it is thrown on or reported is not decided here.
    let _ = catch_unwind(AssertUnwindSafe(|| cancel(machine.as_mut()).is_ready()));
    assert_eq!(
        end(machine),
        ["cancel the child", "drop the child", "drop local"]
    );
}

#[test]
fn each_suspension_is_cancelled_with_what_it_holds() {
    #[costate::coroutine]
    fn steps() {
        let first = noisy("first");
        tick(1).await;
        {
            let inner = noisy("inner");
            tick(1).await;
        }
        drop(first);
        let last = noisy("last");
        tick(1).await;
    }
    let held: [&[&str]; 3] = [
        &["drop a future", "drop first"],
        &["drop a future", "drop inner", "drop first"],
        &["drop a future", "drop last"],
    ];
    for (before, held) in held.iter().enumerate() {
        log::reset();
        let mut machine = Box::pin(steps());
        for _ in 0..=before {
            assert!(poll(machine.as_mut()).is_pending());
        }
        let _ = log::take();
        assert!(cancel(machine.as_mut()).is_ready());
        assert_eq!(end(machine), *held, "at suspension {before}");
    }
}

/// A frame without what depends on how the expression was printed.
fn frames<C: Coroutine + ?Sized>(machine: Pin<&mut C>) -> Vec<(&'static str, String, u32)> {
    let mut frames = vec![];
    machine.trace(&mut |frame| {
        assert_eq!(frame.file, file!());
        let mut awaiting = frame.awaiting.to_owned();
        awaiting.retain(|letter| !letter.is_whitespace());
        let awaiting = awaiting.trim_end_matches(".await").to_owned();
        frames.push((frame.coroutine, awaiting, frame.line));
    });
    frames
}

const LEAF: u32 = line!() + 3;
#[costate::coroutine]
fn leaf() {
    tick(1).await;
    pending::<()>().await
}

const BRANCH: u32 = line!() + 4;
#[costate::coroutine]
fn branch(n: u32) -> u32 {
    if n > 1 {
        leaf().await;
    }
    n
}

const ROOT: u32 = line!() + 6;
#[costate::coroutine]
fn root() -> u32 {
    let first = branch(1).await;
    let mut sum = first;
    for n in 2..4 {
        sum += first;
        let n = branch(n).await;
        sum += n;
    }
    sum
}

#[test]
fn a_trace_names_every_machine_from_the_outermost_to_the_innermost() {
    let mut machine = pin!(root());
    assert!(poll(machine.as_mut()).is_pending());
    let outer = [
        ("root", "branch(n)".to_owned(), ROOT + 1),
        ("branch", "leaf()".to_owned(), BRANCH),
    ];
    let first = ("leaf", "tick(1)".to_owned(), LEAF);
    assert_eq!(frames(machine.as_mut()), [&outer[..], &[first]].concat());
    assert!(poll(machine.as_mut()).is_pending());
    let second = ("leaf", "pending::<()>()".to_owned(), LEAF + 1);
    assert_eq!(frames(machine.as_mut()), [&outer[..], &[second]].concat());
}

#[test]
fn a_trace_changes_nothing() {
    log::reset();
    let mut machine = pin!(root());
    assert!(poll(machine.as_mut()).is_pending());
    let _ = log::take();
    let first = frames(machine.as_mut());
    assert_eq!(frames(machine.as_mut()), first);
    assert!(log::take().is_empty());
}

#[test]
fn a_trace_of_a_boxed_child_goes_on_inside() {
    #[costate::coroutine]
    fn descend(depth: u32) {
        if depth == 0 {
            leaf().await;
            return;
        }
        Box::pin(descend(depth - 1)).await;
    }
    let mut machine = pin!(descend(3));
    assert!(poll(machine.as_mut()).is_pending());
    let names: Vec<&str> = frames(machine).into_iter().map(|frame| frame.0).collect();
    assert_eq!(names, ["descend", "descend", "descend", "descend", "leaf"]);
}
