//! Assignments, which write the new value also when the drop of the old one panics.

use super::LiveParts;
use core::ptr;

/// Writes when it is dropped: also when the drop of the old value panics, as rustc's assignment
/// does.
pub(super) struct Write<P>(pub(super) *mut P, pub(super) Option<P>);

impl<P> Drop for Write<P> {
    fn drop(&mut self) {
        if let Some(value) = self.1.take() {
            // SAFETY: made for a place that outlives it, and whose old value is gone by now.
            unsafe { ptr::write(self.0, value) };
        }
    }
}

/// The local is whole again, once its value is written.
pub(super) struct Refill<'a, T>(pub(super) &'a LiveParts<T>, pub(super) Write<T>);

impl<T> Drop for Refill<'_, T> {
    fn drop(&mut self) {
        if let Some(value) = self.1.1.take() {
            self.0.init(value);
        }
    }
}
