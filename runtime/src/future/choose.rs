//! What `select!` awaits: polls its candidates until one of them has won, then cancels the others.
//!
//! Input: a list of futures, some of which may be absent, each with a question about its output. Output: the output of the
//! first to be ready of which the answer is yes, once the others have ended. Who is asked first goes round, unless it is
//! `biased`.

use super::branch::Branch;
use super::combine::{Branches, SelectSet, Selected};
use crate::Frame;
use crate::asked::IsKnown;
use pin_project_lite::pin_project;
use std::cell::Cell;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Which of the candidates has won.
pub enum Chosen<T, Rest> {
    /// The first.
    This(T),
    /// One of the others.
    Later(Rest),
}

/// That none is left that could win.
pub struct Exhausted;

/// The candidates from one on.
pub trait Candidates: Branches {
    /// Who has won, and with what.
    type Chosen;
    /// How many there are.
    const COUNT: usize;
    /// Polls the one of this number.
    fn poll_at(self: Pin<&mut Self>, at: usize, cx: &mut Context<'_>) -> At<Self::Chosen>;
    /// Nobody has won.
    fn nobody() -> Self::Chosen;
}

/// What came of polling a candidate.
pub enum At<T> {
    /// It has won.
    Won(T),
    /// It may win yet.
    Waits,
    /// It was absent, or its output was not what was asked for.
    Out,
}

pin_project! {
    /// A future that may win, and the others after it.
    pub struct Candidate<F: Future, M, Rest> {
        #[pin]
        branch: Option<Branch<F>>,
        matches: M,
        #[pin]
        rest: Rest,
    }
}

/// The end of the list.
pub struct Nobody;

impl<F: Future, Rest> Candidate<F, fn(&F::Output) -> bool, Rest> {
    /// One that wins with any output.
    pub fn new(future: Option<(impl Into<IsKnown<F>>, F)>, rest: Rest) -> Self {
        Candidate::matching(future, |_| true, rest)
    }
}

impl<F: Future, M: Fn(&F::Output) -> bool, Rest> Candidate<F, M, Rest> {
    /// One that wins with an output that matches.
    pub fn matching(future: Option<(impl Into<IsKnown<F>>, F)>, matches: M, rest: Rest) -> Self {
        Candidate {
            branch: future.map(|(known, future)| Branch::known(future, known.into())),
            matches,
            rest,
        }
    }
}

impl<F: Future, M: Fn(&F::Output) -> bool, Rest: Candidates> Candidates for Candidate<F, M, Rest> {
    type Chosen = Chosen<F::Output, Rest::Chosen>;
    const COUNT: usize = 1 + Rest::COUNT;

    fn poll_at(self: Pin<&mut Self>, at: usize, cx: &mut Context<'_>) -> At<Self::Chosen> {
        let mut this = self.project();
        if at > 0 {
            return match this.rest.poll_at(at - 1, cx) {
                At::Won(value) => At::Won(Chosen::Later(value)),
                At::Waits => At::Waits,
                At::Out => At::Out,
            };
        }
        let Some(mut branch) = this.branch.as_mut().as_pin_mut() else {
            return At::Out;
        };
        if branch.as_mut().poll(cx).is_pending() {
            return At::Waits;
        }
        let output = branch.output();
        this.branch.set(None);
        match output {
            Some(output) if (this.matches)(&output) => At::Won(Chosen::This(output)),
            _ => At::Out,
        }
    }

    fn nobody() -> Self::Chosen {
        Chosen::Later(Rest::nobody())
    }
}

impl<F: Future, M, Rest: Branches> Branches for Candidate<F, M, Rest> {
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.project();
        let mut cancelled = Poll::Ready(());
        if let Some(branch) = this.branch.as_pin_mut() {
            cancelled = branch.poll_cancel(cx);
        }
        match this.rest.poll_cancel(cx) {
            Poll::Ready(()) => cancelled,
            Poll::Pending => Poll::Pending,
        }
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        let this = self.project();
        if let Some(branch) = this.branch.as_pin_mut() {
            branch.trace(visit);
        }
        this.rest.trace(visit);
    }
}

impl Candidates for Nobody {
    type Chosen = Exhausted;
    const COUNT: usize = 0;

    fn poll_at(self: Pin<&mut Self>, _: usize, _: &mut Context<'_>) -> At<Exhausted> {
        At::Out
    }

    fn nobody() -> Exhausted {
        Exhausted
    }
}

impl Branches for Nobody {
    fn poll_cancel(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    fn trace(self: Pin<&mut Self>, _: &mut dyn FnMut(Frame)) {}
}

pin_project! {
    /// Candidates, and who of them is polled first.
    pub struct Turns<S> {
        #[pin]
        candidates: S,
        biased: bool,
    }
}

/// Awaits the first candidate to win, when the others were cancelled.
///
/// The text is what traces show of it.
pub fn choose<S: Candidates>(_: &str, biased: bool, candidates: S) -> Selected<Turns<S>> {
    Selected::new(Turns { candidates, biased })
}

/// All branches of a `select!` are disabled, or have not matched, and it has no `else`.
///
/// # Panics
///
/// Always.
#[cold]
#[track_caller]
pub fn nobody_left() -> Infallible {
    panic!("no branch of this `select!` is left to wait for, and it has no `else`")
}

thread_local! {
    /// Who is polled first: one after the other, over all `select!`s of the thread.
    static TURN: Cell<usize> = const { Cell::new(0) };
}

impl<S: Candidates> SelectSet for Turns<S> {
    type Output = S::Chosen;

    fn poll_select(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<S::Chosen> {
        let mut this = self.project();
        let first = match this.biased {
            true => 0,
            false => TURN.replace(TURN.get().wrapping_add(1)) % S::COUNT.max(1),
        };
        let mut waits = false;
        for at in (first..S::COUNT).chain(0..first) {
            match this.candidates.as_mut().poll_at(at, cx) {
                At::Won(chosen) => return Poll::Ready(chosen),
                At::Waits => waits = true,
                At::Out => {}
            }
        }
        match waits {
            true => Poll::Pending,
            false => Poll::Ready(S::nobody()),
        }
    }
}

impl<S: Candidates> Branches for Turns<S> {
    fn poll_cancel(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.project().candidates.poll_cancel(cx)
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        self.project().candidates.trace(visit);
    }
}
