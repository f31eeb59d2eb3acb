//! `defer!`, `on_cancel!`, `select!`, `shield`: what runs, in which order, on each way out.
//!
//! Each test is a coroutine and what it says when it is driven in some way. Sync clean-up is compared with guards of an
//! `async fn` in `guards`.

// Locals are held to be seen dropping.
#![allow(unused_variables, clippy::let_and_return)]

mod boxes;
mod cancellation;
mod deadlines;
mod drops;
mod guards;
mod hidden;
mod laws;
mod panics;
mod select;
mod shields;
mod tasks;
mod ways;

use costate::Coroutine;
use costate_tests::log;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Polls to the end; what was said, with `|` where it was pending, and the output.
fn run<F: Future>(future: F) -> (F::Output, String) {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return (output, said());
        }
        log::record("|");
    }
}

/// Polls so many times, then cancels to the end; what was said from then on, and while it is dropped.
fn cancel_after<F: Coroutine>(polls: u32, future: F) -> String {
    {
        let mut future = pin!(future);
        let mut cx = Context::from_waker(Waker::noop());
        poll_pending(polls, future.as_mut());
        while future.as_mut().poll_cancel(&mut cx).is_pending() {
            log::record("|");
        }
        assert!(future.as_mut().poll_cancel(&mut cx).is_ready());
        log::record("cancelled");
    }
    let said = said();
    let before = said.strip_suffix("cancelled");
    before
        .expect("its drop says nothing more")
        .trim_end_matches([',', ' '])
        .to_owned()
}

/// Polls so many times, none of which is the last; forgets what was said.
fn poll_pending<F: Future>(polls: u32, mut future: Pin<&mut F>) {
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        assert!(future.as_mut().poll(&mut cx).is_pending());
    }
    let _ = log::take();
}

/// Polls so many times, then drops; what was said from then on.
fn drop_after<F: Future>(polls: u32, future: F) -> String {
    {
        poll_pending(polls, pin!(future));
    }
    said()
}

/// Polls until it panics; what was said.
fn panic_of<F: Future>(future: F) -> String {
    let panicked = catch_unwind(AssertUnwindSafe(|| run(future)));
    assert!(panicked.is_err());
    said()
}

/// What was said of values and clean-up: of futures it is known.
fn said() -> String {
    let words = ["make ", "poll", "ready", "drop a future"];
    let is_known = |event: &String| words.iter().any(|word| event.starts_with(word));
    let others = log::take().into_iter().filter(|event| !is_known(event));
    let said = others.collect::<Vec<_>>().join(", ");
    said.replace(", |", " |").replace("|, ", "| ")
}
