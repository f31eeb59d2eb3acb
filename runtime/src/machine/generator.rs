//! Generators: the trait, its iterator, and how a [`Machine`] is one.
//!
//! Invariant: a generator may borrow from itself, so it is resumed and iterated through `Pin` only; there
//! is no `Iterator` by `&mut self` for what could be moved between two items.

use core::pin::Pin;
use core::task::{Context, Waker};

use super::Frame;
use super::constructor::Key;
use super::constructor::Resumable as _;
use super::machine::Machine;
use super::op::{Request, Step};
use crate::introduce::Introduce;
use crate::sizes::SizeReport;

/// What a generator answers to [`Generator::resume`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumed<Y, R> {
    /// Suspended at a `yield_!` with this value.
    Yielded(Y),
    /// Ran to its end.
    Complete(R),
}

/// A function that yields values: `#[costate::coroutine(yield = Y)] fn f(..) -> R` is a
/// `fn f(..) -> impl Generator<Yield = Y, Return = R>`.
///
/// Nothing runs before the first `resume`.
#[must_use = "generators do nothing unless they are resumed"]
pub trait Generator {
    /// What `yield_!` hands out.
    type Yield;
    /// What the function returns.
    type Return;

    /// Runs to the next `yield_!` or to the end.
    ///
    /// # Panics
    ///
    /// If the function has returned or panicked before, and where its body panics.
    fn resume(self: Pin<&mut Self>) -> Resumed<Self::Yield, Self::Return>;

    /// Reports where it stands. Says nothing unless suspended.
    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame));

    #[doc(hidden)]
    fn __sizes() -> Option<crate::sizes::SizeReport>
    where
        Self: Sized,
    {
        None
    }

    /// What is yielded from here on, as an iterator; the returned value is dropped. It can be left and another
    /// be made later, which goes on where the first one stopped.
    ///
    /// # Panics
    ///
    /// `next` panics as [`resume`](Generator::resume) does, but not after `None`.
    fn iter(self: Pin<&mut Self>) -> Iter<'_, Self>
    where
        Self: Sized,
    {
        Iter {
            generator: Some(self),
        }
    }
}

/// The iterator that [`Generator::iter`] gives.
#[derive(Debug)]
pub struct Iter<'a, G> {
    /// `None` once the generator has returned.
    generator: Option<Pin<&'a mut G>>,
}

impl<G: Generator> Iterator for Iter<'_, G> {
    type Item = G::Yield;

    fn next(&mut self) -> Option<G::Yield> {
        match self.generator.as_mut()?.as_mut().resume() {
            Resumed::Yielded(value) => Some(value),
            Resumed::Complete(_) => {
                self.generator = None;
                None
            }
        }
    }
}

impl<G: Generator> core::iter::FusedIterator for Iter<'_, G> {}

impl<'frame, K, Y, R, L> Generator for Machine<'frame, K, Y, R, L>
where
    K: Key<'frame>,
{
    type Yield = Y;
    type Return = R;

    #[inline]
    fn resume(self: Pin<&mut Self>) -> Resumed<Self::Yield, Self::Return> {
        let mut context = Context::from_waker(Waker::noop());
        match Machine::resume(self, &mut context, Introduce::nobody()) {
            Step::Yielded(value) => Resumed::Yielded(value),
            Step::Complete(value) => Resumed::Complete(value),
            Step::CleanUp(never) => match never {},
            Step::Pending => suspended_otherwise(),
        }
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        let _ = self.settle(&mut Request::Trace(visit));
    }

    fn __sizes() -> Option<SizeReport> {
        K::Step::sizes()
    }
}

#[cold]
pub(super) fn suspended_otherwise() -> ! {
    unreachable!("a generator suspends by `yield_!` only")
}
