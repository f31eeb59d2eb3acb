//! A task's body and outcome, and the functions that know its type.
//!
//! Input: a header whose state word gives the caller the stage. Output: whether the outcome is stored.
//! Invariant: a body stays where it was made until it is dropped; no panic of a body, of a clean-up or of a
//! `Drop` leaves this module.

use super::raw::{Cell, Failure, Header, Vtable};
use super::state::Start;
use super::{contain, waker};
use crate::asked::Asked;
use crate::shim::UnsafeCell;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::ptr::{self, NonNull};
use std::task::{Context, Poll, ready};

pub(super) enum Stage<F: Future> {
    /// Not complete: pinned.
    Body(F),
    /// Complete, and not yet asked for.
    Outcome(Result<F::Output, Failure>),
    /// The outcome was asked for; or the body is gone by a cancellation, and what it has left behind is not.
    Empty,
}

pub(super) fn vtable<F>() -> &'static Vtable
where
    F: Future + 'static,
    F::Output: 'static,
{
    const {
        &Vtable {
            step: step::<F>,
            give_up: give_up::<F>,
            take: take::<F>,
            discard: discard::<F>,
            free: free::<F>,
        }
    }
}

/// # Safety
///
/// `task` is the header of a `Cell<F>`.
unsafe fn stage<'a, F: Future>(task: NonNull<Header>) -> &'a UnsafeCell<Stage<F>> {
    let cell = task.cast::<Cell<F>>().as_ptr();
    // SAFETY: the caller says that the cell is there; its stage is behind an `UnsafeCell`.
    unsafe { &(*cell).stage }
}

/// # Safety
///
/// As for [`stage`], and the caller has set `RUNNING`.
unsafe fn step<F: Future>(task: NonNull<Header>, start: Start) -> Poll<()> {
    let waker = waker::borrowed(task);
    let mut cx = Context::from_waker(&waker);
    let outcome = match start {
        Start::Poll => {
            // SAFETY: the caller has the task.
            let polled = unsafe { poll::<F>(task, &mut cx) };
            ready!(polled)
        }
        Start::Cancel => {
            // SAFETY: the caller has the task.
            if unsafe { clean_up::<F>(task, &mut cx) }.is_pending() {
                return Poll::Pending;
            }
            // SAFETY: the caller has the task.
            unsafe { forget_limit(task) };
            Err(Failure::Cancelled)
        }
    };
    // SAFETY: the caller has the task.
    unsafe { store::<F>(task, outcome) };
    Poll::Ready(())
}

/// # Safety
///
/// As for [`step`].
unsafe fn poll<F: Future>(
    task: NonNull<Header>,
    cx: &mut Context<'_>,
) -> Poll<Result<F::Output, Failure>> {
    // SAFETY: the caller has the task.
    let stage = unsafe { stage::<F>(task) };
    stage.with_mut(|stage| {
        // SAFETY: `RUNNING` gives the stage to the caller alone.
        let Stage::Body(body) = (unsafe { &mut *stage }) else {
            unreachable!("a task that is complete is not started");
        };
        // SAFETY: the body is never moved out of the cell, which stays where it is.
        let body = unsafe { Pin::new_unchecked(body) };
        // SAFETY: the task is there.
        let header = unsafe { task.as_ref() };
        match catch_unwind(AssertUnwindSafe(|| poll_and_ask(header, body, cx))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(output)) => Poll::Ready(Ok(output)),
            Err(payload) => Poll::Ready(Err(Failure::Panicked(payload))),
        }
    })
}

/// Polls the body, and asks it the first time how it is cancelled. Called with `RUNNING` set.
fn poll_and_ask<F: Future>(
    header: &Header,
    body: Pin<&mut F>,
    cx: &mut Context<'_>,
) -> Poll<F::Output> {
    // SAFETY: `RUNNING` gives the answer's place to the caller alone.
    header
        .asked
        .with_mut(|asked| unsafe { &mut *asked }.poll(body, cx))
}

/// Lets the body clean up, if it has said how.
///
/// # Safety
///
/// As for [`step`].
unsafe fn clean_up<F: Future>(task: NonNull<Header>, cx: &mut Context<'_>) -> Poll<()> {
    // SAFETY: the task is there.
    let header = unsafe { task.as_ref() };
    // SAFETY: the caller has the task, whose stage holds the body until it is complete.
    let stage = unsafe { stage::<F>(task) };
    // SAFETY: as above: `RUNNING` gives the stage to the caller alone.
    let body = unsafe { body_of(stage) };
    let cleaned = contain(|| {
        header.asked.with_mut(|asked| {
            // SAFETY: `RUNNING` gives the answer's place to the caller alone.
            let asked: &mut Asked = unsafe { &mut *asked };
            // SAFETY: the caller has the stage, and nobody looks at it before it is written again.
            let drop = || unsafe { replace(stage, Stage::Empty) };
            // SAFETY: the body was asked there, is pinned, and is the caller's alone.
            unsafe { asked.cancel(body, drop, None, cx) }
        })
    });
    // After a panic what is left of the body is dropped.
    cleaned.unwrap_or(Poll::Ready(()))
}

/// Drops the body and stores `outcome` in its place, even if the drop panics.
///
/// # Safety
///
/// As for [`step`].
unsafe fn store<F: Future>(task: NonNull<Header>, outcome: Result<F::Output, Failure>) {
    // SAFETY: the caller has the task.
    unsafe { replace(stage::<F>(task), Stage::Outcome(outcome)) };
}

/// Drops what is there and writes something else in its place, even if the drop panics.
///
/// # Safety
///
/// The caller has the stage to itself.
unsafe fn replace<F: Future>(stage: &UnsafeCell<Stage<F>>, with: Stage<F>) {
    stage.with_mut(|stage| {
        // SAFETY: the caller has the stage to itself; it is written again before anyone looks.
        contain(|| unsafe { ptr::drop_in_place(stage) });
        // SAFETY: as above. What was there has been dropped.
        unsafe { stage.write(with) };
    });
}

/// Takes away the timer that limits clean-up, which knows the task by its waker, and the task it.
///
/// # Safety
///
/// As for [`step`].
unsafe fn forget_limit(task: NonNull<Header>) {
    // SAFETY: the task is there.
    let header = unsafe { task.as_ref() };
    // SAFETY: `RUNNING` gives the answer's place to the caller alone.
    header
        .asked
        .with_mut(|asked| unsafe { *asked = Asked::Future });
}

/// # Safety
///
/// As for [`step`].
unsafe fn give_up<F: Future>(task: NonNull<Header>) {
    // SAFETY: the caller says so.
    unsafe { forget_limit(task) };
    // SAFETY: the caller says so.
    unsafe { store::<F>(task, Err(Failure::Cancelled)) };
}

/// # Safety
///
/// As for [`stage`]; the task is complete and its outcome the caller's; `to` is an
/// `Option<Result<F::Output, Failure>>`.
unsafe fn take<F: Future>(task: NonNull<Header>, to: *mut ()) {
    // SAFETY: the caller has the task.
    let stage = unsafe { stage::<F>(task) };
    // SAFETY: `COMPLETE` gives the stage to the handle alone.
    let taken = stage.with_mut(|stage| unsafe { ptr::replace(stage, Stage::Empty) });
    if let Stage::Outcome(outcome) = taken {
        // SAFETY: the caller says what `to` is.
        unsafe { *to.cast::<Option<Result<F::Output, Failure>>>() = Some(outcome) };
    }
}

/// # Safety
///
/// As for [`take`].
unsafe fn discard<F: Future>(task: NonNull<Header>) {
    // SAFETY: the caller has the task.
    let stage = unsafe { stage::<F>(task) };
    // SAFETY: `COMPLETE` gives the stage to the caller alone.
    let taken = stage.with_mut(|stage| unsafe { ptr::replace(stage, Stage::Empty) });
    drop(taken);
}

/// # Safety
///
/// As for [`stage`], and no reference to the task is left.
unsafe fn free<F: Future>(task: NonNull<Header>) {
    // SAFETY: it was made by `Box::leak`, and nobody refers to it.
    drop(unsafe { Box::from_raw(task.cast::<Cell<F>>().as_ptr()) });
}

/// Where the body is.
///
/// # Safety
///
/// The caller has the stage to itself.
pub(super) unsafe fn body_of<F: Future>(stage: &UnsafeCell<Stage<F>>) -> NonNull<()> {
    stage.with_mut(|stage| {
        // SAFETY: the caller has the stage to itself.
        match unsafe { &mut *stage } {
            Stage::Body(body) => NonNull::from(body).cast(),
            _ => NonNull::dangling(),
        }
    })
}
