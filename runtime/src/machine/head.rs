//! The head of a `for` loop, as the machine makes an iterator of it.
//!
//! What is no iterator the twin refuses, and nobody else is to say so again: method lookup comes to [`Head`]'s own
//! method if its bound holds, and otherwise to what it dereferences to, which takes anything.

use core::iter::Empty;
use core::ops::Deref;

/// What a `for` loop goes over.
pub struct Head<I>(pub I);

impl<I: IntoIterator> Head<I> {
    /// The iterator.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn iterator(self) -> I::IntoIter {
        self.0.into_iter()
    }
}

/// What no loop goes over.
pub struct NoIterator<I>(Empty<I>);

impl<I> Deref for Head<I> {
    type Target = NoIterator<I>;

    fn deref(&self) -> &NoIterator<I> {
        never_run()
    }
}

impl<I> NoIterator<I> {
    /// Types as if the value were its own items.
    ///
    /// # Panics
    ///
    /// If it is called.
    pub fn iterator(&self) -> Empty<I> {
        never_run()
    }
}

fn never_run() -> ! {
    unreachable!("the straight-line twin refuses what is no iterator")
}
