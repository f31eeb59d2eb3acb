//! What is in a box is cancelled as what it is: where it is awaited, in a `select!`, and by whoever polls a `BoxCoroutine`.

use super::{cancel_after, run};
use costate::future::{Join, Race, race};
use costate::time::{Duration, timeout};
use costate::{BoxCoroutine, LocalBoxCoroutine};
use costate_tests::log::say;
use costate_tests::props::{noisy, tick};

#[costate::coroutine(Send)]
fn slow(name: &'static str) -> u32 {
    on_cancel! { say(format_args!("undo {name}")); tick(1).await; say(format_args!("undone {name}")); }
    std::future::pending().await
}

#[costate::coroutine(boxed, Send)]
fn boxed(name: &'static str) -> u32 {
    slow(name).await
}

#[costate::coroutine(boxed)]
fn boxed_here(name: &'static str) -> u32 {
    slow(name).await
}

#[costate::coroutine]
fn chosen() -> &'static str {
    let held = noisy("held");
    select! {
        biased;
        _ = Box::pin(slow("pinned")) => "pinned",
        _ = boxed("boxed") => "boxed",
        _ = boxed_here("boxed here") => "boxed here",
        () = tick(1) => "in time",
    }
}

#[test]
fn select_cancels_what_is_in_a_box() {
    let undone =
        "undo pinned, undo boxed, undo boxed here | undone pinned, undone boxed, undone boxed here";
    assert_eq!(run(chosen()), ("in time", format!("| {undone}, drop held")));
    assert_eq!(cancel_after(1, chosen()), format!("{undone}, drop held"));
}

#[costate::coroutine]
fn raced() {
    let first: BoxCoroutine<'_, u32> = boxed("first");
    let second: LocalBoxCoroutine<'_, u32> = Box::pin(slow("second"));
    (first, second).race().await;
}

#[test]
fn a_combinator_cancels_box_coroutines() {
    assert_eq!(
        cancel_after(1, raced()),
        "undo first, undo second | undone first, undone second"
    );
}

#[costate::coroutine]
fn in_boxes_of_their_own() {
    let late = timeout(Duration::from_secs(60), Box::pin(slow("late")));
    let second = Box::pin(race(Box::pin(slow("second")), std::future::pending()));
    let tried = (Box::pin(late), second).join().await;
}

#[costate::coroutine]
fn tasks_in_boxes() {
    let all = race(Box::pin(in_boxes_of_their_own()), Box::pin(tick(1)));
    all.await;
    let task = costate::spawn(Box::pin(slow("task")));
    let local = costate::spawn_local(Box::pin(slow("local")));
    costate::task::yield_now().await;
    assert_eq!(task.cancel_and_join().await, None);
    assert_eq!(local.cancel_and_join().await, None);
}

#[test]
fn a_box_of_its_own_type_hides_no_coroutine() {
    let runtime = costate::Runtime::current_thread().expect("a runtime can be made");
    runtime.block_on(tasks_in_boxes());
    assert_eq!(
        super::said(),
        "undo late, undo second, undone late, undone second, undo task, undone task, undo local, undone local"
    );
}

#[costate::coroutine]
fn in_a_task() {
    let task = costate::spawn(Box::pin(boxed("task")) as BoxCoroutine<'static, u32>);
    costate::task::yield_now().await;
    assert_eq!(task.cancel_and_join().await, None);
}

#[test]
fn a_task_cancels_a_box_coroutine() {
    let runtime = costate::Runtime::current_thread().expect("a runtime can be made");
    runtime.block_on(in_a_task());
    assert_eq!(super::said(), "undo task, undone task");
}
