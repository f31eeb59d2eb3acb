//! How one that polls any future finds out that it is a [`Coroutine`], which can be cancelled.
//!
//! Input: a future that is polled for the first time. Output: its hooks, if it is a coroutine that says so: machines do, and the
//! combinators of this crate. Invariant: hooks are given for the very place that was asked about, and its very type. Non-goal: a
//! coroutine inside of something else that hides it, like a foreign combinator.
//!
//! Generic code takes any future and can't ask for another trait. So it asks through the thread: "who is at
//! this address?", and the machine that is polled there answers: it returns at once, is known from then on, and polled
//! again. It costs nothing after the first poll.

use crate::machine::op::Step;
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

/// Nobody is asked for.
const NOBODY: usize = 0;

thread_local! {
    /// Whose place was asked about, until it has answered. Apart, so that looking is one comparison.
    static ASKED: Cell<usize> = const { Cell::new(NOBODY) };
    /// Of what type it is.
    static TYPE: Cell<TypeId> = const { Cell::new(TypeId::of::<()>()) };
    static ANSWER: Cell<Answer> = const { Cell::new(Answer::None) };
}

#[derive(Clone, Copy)]
enum Answer {
    None,
    /// By one who went on when it had answered.
    Given(&'static Hooks),
    /// By one who has done nothing but answer, and is to be polled again.
    Alone(&'static Hooks),
}

/// Polls `body` for the first time, and gives its hooks, if it is a coroutine.
///
/// They are good for `body` at the place where it is now.
pub(crate) fn ask<F: Future>(
    mut body: Pin<&mut F>,
    cx: &mut Context<'_>,
) -> (Poll<F::Output>, Option<&'static Hooks>) {
    /// Puts back what an outer one has asked, or was answered.
    struct Restore(usize, TypeId, Answer);
    impl Drop for Restore {
        fn drop(&mut self) {
            ASKED.set(self.0);
            TYPE.set(self.1);
            ANSWER.set(self.2);
        }
    }
    let place = std::ptr::from_ref(&*body).addr();
    // These cells need no destructor, so they are there as long as the thread is.
    let _restore = Restore(
        ASKED.replace(place),
        TYPE.replace(typeid::of::<F>()),
        ANSWER.replace(Answer::None),
    );
    let polled = body.as_mut().poll(cx);
    match ANSWER.get() {
        Answer::None => (polled, None),
        Answer::Given(hooks) => (polled, Some(hooks)),
        Answer::Alone(hooks) => (body.poll(cx), Some(hooks)),
    }
}

/// How a machine answers, of which only its address is at hand where it is resumed.
#[derive(Clone, Copy)]
pub struct Introduce {
    type_id: fn() -> TypeId,
    answer: fn(),
    way: Way,
}

/// Why a machine is resumed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// To run on.
    On,
    /// To clean up, as it is cancelled.
    CleanUp,
    /// To clean up what needs no waiting, as it is dropped.
    Drop,
}

impl Introduce {
    /// As a `C`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn of<C: Coroutine>() -> Self {
        Introduce {
            type_id: typeid::of::<C>,
            answer: answer_alone::<C>,
            way: Way::On,
        }
    }

    /// As nobody who could be asked for.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn nobody() -> Self {
        Introduce {
            type_id: TypeId::of::<()>,
            answer: || {},
            way: Way::On,
        }
    }

    /// The same where a machine is resumed to clean up.
    pub(crate) fn cleaning_up() -> Self {
        Introduce {
            way: Way::CleanUp,
            ..Self::nobody()
        }
    }

    /// The same where it is dropped.
    pub(crate) fn dropping() -> Self {
        Introduce {
            way: Way::Drop,
            ..Self::nobody()
        }
    }

    /// Whether a machine that is cancelled is resumed to clean up.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn cleans_up(self) -> bool {
        self.way != Way::On
    }

    /// Whether clean-up that awaits something is skipped: then that is counted.
    #[must_use]
    pub fn skips(self) -> bool {
        let skips = self.way == Way::Drop;
        if skips {
            crate::cancel::counters::skipped();
        }
        skips
    }

    /// Whether somebody wants to know who is at this place. Asked by a machine that is resumed for the first time, which then
    /// gives its [`answer`](Self::answer) and is resumed again.
    ///
    /// A type can't hold itself, so the type and the place together say that this is what was asked about. (Types that
    /// differ in their lifetimes alone count as equal, and their methods are the same code.)
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn is_asked<S>(self, place: *const S) -> bool {
        ASKED.get() == place.addr() && TYPE.get() == (self.type_id)()
    }

    /// Answers, and does nothing else: were there code behind it, whatever that needs would be kept through this call, in
    /// registers that every poll has to save.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn answer<R, Y, C>(self) -> Step<R, Y, C> {
        (self.answer)();
        Step::Pending
    }
}

#[cold]
#[inline(never)]
fn answer_alone<C: Coroutine>() {
    ASKED.set(NOBODY);
    ANSWER.set(Answer::Alone(hooks::<C>()));
}

/// Answers, if it was `body` that was asked about. Called by a coroutine when it is polled for the first time, before
/// it polls anything else.
pub(crate) fn introduce<C: Coroutine>(body: Pin<&mut C>) {
    if Introduce::of::<C>().is_asked(&raw const *body) {
        ASKED.set(NOBODY);
        ANSWER.set(Answer::Given(hooks::<C>()));
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
