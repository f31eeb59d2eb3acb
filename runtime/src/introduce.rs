//! How one that polls any future finds out that it is a [`Coroutine`], which can be cancelled.
//!
//! Input: a future that is polled for the first time. Output: how it is asked to clean up ([`Settle`]), if it is a coroutine
//! that says so: machines do, and the combinators of this crate, and either in a box. Invariant: that is given for the very
//! place that was asked about, and its very type. Non-goal: a coroutine inside of something else that hides it, like a foreign combinator.
//!
//! Generic code takes any future and can't ask for another trait. So it asks through the thread: "who is at
//! this address?", and the machine that is polled there, or in the box that is there, answers: it returns at once, is known from then on,
//! and polled again. It costs nothing after the first poll.

use crate::machine::op::{Settle, Step, settle_as};
use crate::shim::threads::thread_local;
use crate::{BoxCoroutine, Coroutine, LocalBoxCoroutine};
use std::any::TypeId;
use std::cell::Cell;
use std::future::Future;
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Nobody is asked for.
const NOBODY: usize = 0;

thread_local! {
    /// Whose place was asked about, until it has answered. Apart, so that looking is one comparison.
    static ASKED: Cell<usize> = const { Cell::new(NOBODY) };
    static QUESTION: Cell<Question> = const { Cell::new(Question::NONE) };
    static ANSWER: Cell<Answer> = const { Cell::new(Answer::None) };
}

/// What is asked about.
#[derive(Clone, Copy)]
struct Question {
    /// Of what type it is.
    type_id: TypeId,
    /// Where it is: here too, so that of what is compared first nothing is kept.
    place: usize,
    /// Where what is in it begins, if it is a box; else any bytes, or none.
    content: MaybeUninit<*const ()>,
}

impl Question {
    const NONE: Question = Question {
        type_id: TypeId::of::<()>(),
        place: NOBODY,
        content: MaybeUninit::uninit(),
    };

    fn about<F>(body: &F) -> Self {
        let mut content = MaybeUninit::uninit();
        if size_of::<F>() == size_of::<*const ()>() {
            // SAFETY: it has as many bytes, and whatever they are may stand there.
            content = unsafe { (&raw const *body).cast::<MaybeUninit<_>>().read_unaligned() };
        }
        Question {
            type_id: typeid::of::<F>(),
            place: (&raw const *body).addr(),
            content,
        }
    }

    /// Whether it is the coroutine at this place, of this type, or a box of that type with it in it.
    ///
    /// A type can't hold itself, so the type and the place together say that this is what was asked about. (Types that
    /// differ in their lifetimes alone count as equal, and their methods are the same code.)
    ///
    /// # Safety
    ///
    /// Such a box is a pointer.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn is_about(self, place: usize, type_id: TypeId, of_box: TypeId) -> bool {
        if self.type_id == type_id {
            return self.place == place;
        }
        // SAFETY: then its bytes have been read, which are an address.
        self.type_id == of_box && unsafe { self.content.assume_init() }.addr() == place
    }
}

#[derive(Clone, Copy)]
enum Answer {
    None,
    /// By one who went on when it had answered.
    Given(Settle),
    /// By one who has done nothing but answer, and is to be polled again.
    Alone(Settle),
}

/// Polls `body` for the first time, and gives how it is asked, if it is a coroutine.
///
/// That is good for `body` at the place where it is now.
pub(crate) fn ask<F: Future>(
    mut body: Pin<&mut F>,
    cx: &mut Context<'_>,
) -> (Poll<F::Output>, Option<Settle>) {
    /// Puts back what an outer one has asked, or was answered.
    struct Restore(usize, Question, Answer);
    impl Drop for Restore {
        fn drop(&mut self) {
            ASKED.set(self.0);
            QUESTION.set(self.1);
            ANSWER.set(self.2);
        }
    }
    if let Some(settle) = of_box::<F>() {
        return (body.poll(cx), Some(settle));
    }
    let place = std::ptr::from_ref(&*body).addr();
    // These cells need no destructor, so they are there as long as the thread is.
    let _restore = Restore(
        ASKED.replace(place),
        QUESTION.replace(Question::about(&*body)),
        ANSWER.replace(Answer::None),
    );
    let polled = body.as_mut().poll(cx);
    match ANSWER.get() {
        Answer::None => (polled, None),
        Answer::Given(settle) => (polled, Some(settle)),
        Answer::Alone(settle) => (body.poll(cx), Some(settle)),
    }
}

/// Of a box for any coroutine the type is known, and what is in it has another one.
fn of_box<F: Future>() -> Option<Settle> {
    let asked = typeid::of::<F>();
    if asked == typeid::of::<BoxCoroutine<'_, F::Output>>() {
        return Some(settle_as::<BoxCoroutine<'_, F::Output>>);
    }
    let is_local = asked == typeid::of::<LocalBoxCoroutine<'_, F::Output>>();
    is_local.then_some(settle_as::<LocalBoxCoroutine<'_, F::Output>>)
}

/// How a machine answers, of which only its address is at hand where it is resumed.
#[derive(Clone, Copy)]
pub struct Introduce {
    type_id: fn() -> TypeId,
    of_box: fn() -> TypeId,
    answer: fn() -> Settle,
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
    /// To clean up, as other clean-up has panicked.
    Unwind,
}

impl Introduce {
    /// As a `C`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn of<C: Coroutine>() -> Self {
        Introduce {
            type_id: typeid::of::<C>,
            of_box: typeid::of::<Pin<Box<C>>>,
            answer: answer_as::<C>,
            way: Way::On,
        }
    }

    /// As nobody who could be asked for.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn nobody() -> Self {
        Introduce {
            type_id: TypeId::of::<()>,
            of_box: TypeId::of::<()>,
            answer: || |_, _| Poll::Ready(()),
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

    /// The same where it unwinds.
    pub(crate) fn unwinding() -> Self {
        Introduce {
            way: Way::Unwind,
            ..Self::nobody()
        }
    }

    /// Whether a machine is resumed to clean up.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn cleans_up(self) -> bool {
        self.way != Way::On
    }

    /// Whether it is a panic that has left the function, and no cancellation.
    #[must_use]
    pub fn unwinds(self) -> bool {
        self.way == Way::Unwind
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
    /// gives its [`answer`](Self::answer) and is resumed again. Nothing is called here: a machine goes on behind it, and would keep
    /// what it needs in registers that every poll has to save.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn is_asked<S>(self, place: *const S) -> bool {
        ASKED.get() != NOBODY && {
            seldom();
            // SAFETY: of a coroutine, as its size is known, and so is the one of which nobody asks.
            unsafe {
                QUESTION
                    .get()
                    .is_about(place.addr(), (self.type_id)(), (self.of_box)())
            }
        }
    }

    /// Answers, and does nothing else: were there code behind it, whatever that needs would be kept through this call, in
    /// registers that every poll has to save.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn answer<R, Y, C>(self) -> Step<R, Y, C> {
        answer_alone(self.answer);
        Step::Pending
    }
}

/// How what was asked about, which is a `C` or a box with one in it, is asked from now on.
#[cold]
#[inline(never)]
fn answer_as<C: Coroutine>() -> Settle {
    match QUESTION.get().type_id == typeid::of::<C>() {
        true => settle_as::<C>,
        false => settle_as::<Pin<Box<C>>>,
    }
}

/// Where control seldom comes. Else both would be compared each time.
#[cold]
#[inline(always)]
const fn seldom() {}

/// By a call that does not unwind, of which a machine would have to be guarded.
#[cold]
#[inline(never)]
#[allow(improper_ctypes_definitions, reason = "nobody but Rust calls it")]
extern "C" fn answer_alone(answer: fn() -> Settle) {
    ASKED.set(NOBODY);
    ANSWER.set(Answer::Alone(answer()));
}

/// Answers, if it was `body` that was asked about. Called by a coroutine when it is polled for the first time, before
/// it polls anything else.
pub(crate) fn introduce<C: Coroutine>(body: Pin<&mut C>) {
    if Introduce::of::<C>().is_asked(&raw const *body) {
        ASKED.set(NOBODY);
        ANSWER.set(Answer::Given(answer_as::<C>()));
    }
}
