//! `#[costate::test]` and its options: on which thread tasks run.

use costate::spawn;
use std::future::poll_fn;
use std::task::Poll;
use std::thread::{self, ThreadId};

/// The thread that polls it.
#[costate::coroutine]
fn where_it_runs() -> ThreadId {
    poll_fn(|_| Poll::Ready(thread::current().id())).await
}

#[costate::test(threads = 1 + 1)]
fn with_threads_tasks_run_on_workers() {
    let there = spawn(where_it_runs()).await;
    assert_ne!(thread::current().id(), there);
}

#[costate::test]
fn without_threads_tasks_run_here() {
    let there = spawn(where_it_runs()).await;
    assert_eq!(thread::current().id(), there);
}
