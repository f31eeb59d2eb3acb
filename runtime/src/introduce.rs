//! How one that polls any future finds out that it is a [`Coroutine`], which can be cancelled.
//!
//! Input: a future that is polled for the first time. Output: its hooks, if it is a coroutine that says so: machines do, and the
//! combinators of this crate. Invariant: hooks are given for the very place that was asked about, and its very type. Non-goal: a
//! coroutine inside of something else that hides it, like a foreign combinator.
//!
//! Generic code takes any future and can't ask for another trait. So it asks through the thread: "who is at
//! this address?", and the machine that is polled there answers. It costs nothing after the first poll.

use crate::{Coroutine, Frame};
use std::any::TypeId;
use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::ptr::NonNull;
use std::task::{Context, Poll};

/// The methods of a coroutine, for one who has only its place.
pub(crate) struct Hooks {
    /// # Safety
    ///
    /// The pointer is to the pinned coroutine that gave the hooks, which nobody else uses meanwhile.
    pub(crate) cancel: unsafe fn(NonNull<()>, &mut Context<'_>) -> Poll<()>,
    /// # Safety
    ///
    /// As for `cancel`.
    pub(crate) trace: unsafe fn(NonNull<()>, &mut dyn FnMut(Frame)),
}

#[derive(Clone, Copy)]
struct Question {
    body: usize,
    type_id: fn() -> TypeId,
}

#[derive(Clone, Copy)]
enum Slot {
    Nothing,
    Asked(Question),
    Answered(&'static Hooks),
}

/// Nobody is asked for.
const NOBODY: usize = 0;

thread_local! {
    static SLOT: Cell<Slot> = const { Cell::new(Slot::Nothing) };
    /// Whose place was asked about, until somebody there has looked. Apart, so that looking is one comparison.
    static ASKED: Cell<usize> = const { Cell::new(NOBODY) };
}

/// Polls `body` for the first time by `poll`, and gives its hooks, if it is a coroutine.
///
/// They are good for `body` at the place where it is now.
pub(crate) fn ask<F: Future, R>(
    body: Pin<&mut F>,
    poll: impl FnOnce(Pin<&mut F>) -> R,
) -> (R, Option<&'static Hooks>) {
    /// Puts back what an outer one has asked, or was answered.
    struct Restore(Slot, usize);
    impl Drop for Restore {
        fn drop(&mut self) {
            SLOT.set(self.0);
            ASKED.set(self.1);
        }
    }
    let place = std::ptr::from_ref(&*body).addr();
    let question = Slot::Asked(Question {
        body: place,
        type_id: typeid::of::<F>,
    });
    // These cells need no destructor, so they are there as long as the thread is.
    let _restore = Restore(SLOT.replace(question), ASKED.replace(place));
    let polled = poll(body);
    match SLOT.get() {
        Slot::Answered(hooks) => (polled, Some(hooks)),
        Slot::Nothing | Slot::Asked(_) => (polled, None),
    }
}

/// Whether somebody wants to know who is at this place. Called by a machine that is resumed for the first time, which
/// then introduces itself by `introduce_at`.
#[inline(always)]
pub fn is_asked<S>(place: *const S) -> bool {
    ASKED.get() == place.addr()
}

/// Answers, if it was `body` that was asked about. Called by a coroutine when it is polled for the first time, before
/// it polls anything else.
pub(crate) fn introduce<C: Coroutine>(body: Pin<&mut C>) {
    introduce_at::<C>(std::ptr::from_ref(&*body).addr());
}

/// The same for one that has its address only. Whoever calls it: what is asked about is a `C` or it is not.
#[cold]
#[inline(never)]
pub(crate) fn introduce_at<C: Coroutine>(here: usize) {
    // Whoever it is: one has looked. What is asked for would have looked before anything in it.
    ASKED.set(NOBODY);
    let Slot::Asked(question) = SLOT.get() else {
        return;
    };
    // A type can't hold itself, so the type and the place together say that this is the body itself. (Types that
    // differ in their lifetimes alone count as equal, and their methods are the same code.)
    if here == question.body && (question.type_id)() == typeid::of::<C>() {
        SLOT.set(Slot::Answered(hooks::<C>()));
    }
}

fn hooks<C: Coroutine>() -> &'static Hooks {
    const {
        &Hooks {
            cancel: cancel::<C>,
            trace: trace::<C>,
        }
    }
}

/// # Safety
///
/// As for [`Hooks::cancel`], of a `C`.
unsafe fn cancel<C: Coroutine>(body: NonNull<()>, cx: &mut Context<'_>) -> Poll<()> {
    // SAFETY: the caller says so.
    unsafe { pinned::<C>(body) }.poll_cancel(cx)
}

/// # Safety
///
/// As for [`Hooks::trace`], of a `C`.
unsafe fn trace<C: Coroutine>(body: NonNull<()>, visit: &mut dyn FnMut(Frame)) {
    // SAFETY: the caller says so.
    unsafe { pinned::<C>(body) }.trace(visit);
}

/// # Safety
///
/// `body` is a pinned `C` that nobody else uses for `'a`.
unsafe fn pinned<'a, C>(body: NonNull<()>) -> Pin<&'a mut C> {
    // SAFETY: the caller says that it is there and alone.
    let body = unsafe { body.cast::<C>().as_mut() };
    // SAFETY: the caller says that it is pinned.
    unsafe { Pin::new_unchecked(body) }
}
