//! How a task whose body is a machine is cancelled. The rest of a task's life is tested from outside, in
//! `tests/tasks.rs`.

use crate::introduce::introduce;
use crate::{Coroutine, Frame, Runtime, Task, block_on, spawn_local};
use futures::FutureExt;
use futures::future::lazy;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

type Log = Rc<RefCell<Vec<&'static str>>>;

/// A coroutine that never ends by itself, and takes `clean_up` polls to clean up.
struct Patient {
    log: Log,
    clean_up: usize,
    panics: bool,
}

impl Patient {
    fn new(log: &Log, clean_up: usize) -> Self {
        Patient {
            log: Rc::clone(log),
            clean_up,
            panics: false,
        }
    }
}

impl Future for Patient {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        self.log.borrow_mut().push("poll");
        introduce(self);
        Poll::Pending
    }
}

impl Coroutine for Patient {
    fn poll_cancel(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.log.borrow_mut().push("clean up");
        assert!(!self.panics, "no luck in cleaning up");
        if self.clean_up == 0 {
            return Poll::Ready(());
        }
        self.clean_up -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}

impl Drop for Patient {
    fn drop(&mut self) {
        self.log.borrow_mut().push("drop");
    }
}

/// Spawns `body`, lets it run, and does `then` with its task.
fn log_of<B, D>(body: impl FnOnce(&Log) -> B, then: impl FnOnce(Task<B::Output>) -> D) -> String
where
    B: Future<Output = ()> + 'static,
    D: Future,
{
    let log = Log::default();
    let spawned = lazy(|_| spawn_local(body(&log)));
    block_on(spawned.then(|task| crate::task::yield_now().then(|()| then(task))));
    log.borrow().join(", ")
}

#[test]
fn cancelling_a_task_waits_for_its_clean_up() {
    let log = log_of(|log| Patient::new(log, 2), Task::cancel_and_join);
    assert_eq!(log, "poll, clean up, clean up, clean up, drop");
}

#[test]
fn dropping_a_handle_cleans_up_in_the_background() {
    let log = log_of(|log| Patient::new(log, 1), |task| lazy(|_| drop(task)));
    assert_eq!(log, "poll, clean up, clean up, drop");
}

#[test]
fn a_second_cancel_does_not_disturb_the_clean_up() {
    let log = log_of(
        |log| Patient::new(log, 1),
        |task| {
            task.cancel();
            crate::task::yield_now().then(|()| task.cancel_and_join())
        },
    );
    assert_eq!(log, "poll, clean up, clean up, drop");
}

#[test]
fn a_panic_in_the_clean_up_is_contained_and_the_body_dropped() {
    let panics = |log: &Log| {
        let mut patient = Patient::new(log, 0);
        patient.panics = true;
        patient
    };
    let log = Log::default();
    let spawned = lazy(|_| spawn_local(panics(&log)));
    let joined = spawned.then(|task| crate::task::yield_now().then(|()| task.cancel_and_join()));
    assert_eq!(block_on(joined), None);
    assert_eq!(log.borrow().join(", "), "poll, clean up, drop");
}

#[test]
fn a_machine_in_a_box_cleans_up() {
    let log = log_of(|log| Box::pin(Patient::new(log, 1)), Task::cancel_and_join);
    assert_eq!(log, "poll, clean up, clean up, drop");
}

#[test]
fn a_machine_in_another_future_is_dropped_where_it_stands() {
    let log = log_of(
        |log| Patient::new(log, 1).map(|()| ()),
        Task::cancel_and_join,
    );
    assert_eq!(log, "poll, drop");
}

#[test]
fn the_end_of_the_runtime_waits_for_clean_ups() {
    let log = log_of(|log| Patient::new(log, 3), |task| lazy(|_| task.detach()));
    assert_eq!(log, "poll, clean up, clean up, clean up, clean up, drop");
}

#[test]
fn a_clean_up_that_outlasts_the_grace_is_dropped() {
    let log = Log::default();
    let runtime = Runtime::builder().current_thread().grace(Duration::ZERO);
    let runtime = runtime.build().expect("there are descriptors");
    let spawned = lazy(|_| spawn_local(Patient::new(&log, usize::MAX)).detach());
    runtime.block_on(spawned.then(|()| crate::task::yield_now()));
    assert_eq!(log.borrow().join(", "), "poll, drop");
}
