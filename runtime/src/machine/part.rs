//! The guard of a held local that a pattern moves a part out of.
//!
//! Input: which arm took a part, and what drops the rest. Output: the rest drops where the local does. Invariant:
//! `rest` is known iff only a part of the value is there. Not here: fields that are moved one by one
//! ([`fields`](super::fields)).

use core::cell::Cell;
use core::marker::PhantomData;

use super::slot::{At, Live};

/// Drops what is left of a partly moved value, and nothing else of it.
pub type Rest<T> = unsafe fn(*mut T);

/// [`Live`] for a local that a body moves out of in parts.
pub struct LivePart<T> {
    whole: Live<T>,
    rest: Cell<Option<Rest<T>>>,
    /// The arm that left a part, as [`LivePart::state`] gives it.
    part: Cell<u8>,
}

impl<T> LivePart<T> {
    /// A guard for the local at `place`: `live` if the whole value is there.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`].
    #[inline(always)]
    pub const unsafe fn new(place: *mut T, live: bool) -> Self {
        // SAFETY: the caller's promise is the same.
        let whole = unsafe { Live::new(place, live) };
        LivePart {
            whole,
            rest: Cell::new(None),
            part: Cell::new(0),
        }
    }

    /// As [`Live::in_state`].
    ///
    /// # Safety
    ///
    /// As for [`Live::new`].
    #[inline(always)]
    pub const unsafe fn in_state<S>(state: *mut S, at: At<T>) -> Self {
        // SAFETY: the caller's promise is the same.
        let whole = unsafe { Live::in_state(state, at) };
        LivePart {
            whole,
            rest: Cell::new(None),
            part: Cell::new(0),
        }
    }

    /// As [`Live::here`], of a whole value.
    ///
    /// # Safety
    ///
    /// The place holds a whole value.
    #[inline(always)]
    pub unsafe fn here(&self) {
        self.rest.set(None);
        // SAFETY: the caller's promise is the same.
        unsafe { self.whole.here() };
    }

    /// Whether there is something to drop.
    #[inline(always)]
    pub fn is_live(&self) -> bool {
        self.whole.is_live()
    }

    /// What a state stores of it: 0 of nothing, 1 of a whole value, else which part is left.
    #[inline(always)]
    pub fn state(&self) -> u8 {
        match (self.is_live(), self.rest.get()) {
            (false, _) => 0,
            (true, None) => 1,
            (true, Some(_)) => self.part.get(),
        }
    }

    /// From now on only a part of the value is there, which `rest` drops; `part` says which, from 2.
    ///
    /// # Safety
    ///
    /// `rest` drops exactly the part that has not been moved.
    #[inline(always)]
    pub unsafe fn part(&self, part: u8, rest: Rest<T>) {
        self.part.set(part);
        self.rest.set(Some(rest));
        // SAFETY: the caller says that a part is there.
        unsafe { self.whole.here() };
    }

    /// As [`Live::here_without_drop`].
    #[inline(always)]
    pub const fn here_without_drop(&self) {
        self.whole.here_without_drop();
    }

    /// As [`Live::park`].
    #[inline(always)]
    pub fn park(&self) {
        self.whole.park();
    }

    /// As [`Live::init`].
    #[inline(always)]
    pub fn init(&self, value: T) {
        self.rest.set(None);
        self.whole.init(value);
    }

    /// As [`Live::take`].
    ///
    /// # Safety
    ///
    /// The place holds a whole value.
    #[inline(always)]
    pub unsafe fn take(&self) -> T {
        // SAFETY: the caller's promise is the same.
        unsafe { self.whole.take() }
    }

    /// `x = value`: drops what is there of the old value.
    #[inline(always)]
    pub fn assign(&self, value: T) {
        if self.rest.get().is_none() {
            return self.whole.assign(value);
        }
        /// Writes when it is dropped: also when the drop of the rest panics.
        struct Write<'a, T>(&'a LivePart<T>, Option<T>);
        impl<T> Drop for Write<'_, T> {
            fn drop(&mut self) {
                if let Some(value) = self.1.take() {
                    self.0.init(value);
                }
            }
        }
        let _write = Write(self, Some(value));
        self.end();
    }

    /// As [`Live::end`].
    #[inline(always)]
    pub fn end(&self) {
        match self.rest.take() {
            None => self.whole.end(),
            Some(rest) => {
                if self.whole.live.replace(false) {
                    // SAFETY: `left`'s caller said that it drops what is there.
                    unsafe { rest(self.whole.place()) };
                }
            }
        }
    }

    /// As [`Live::hold`].
    ///
    /// # Safety
    ///
    /// As for [`Live::hold`].
    #[inline(always)]
    #[allow(clippy::mut_from_ref, reason = "the guard is not what is borrowed")]
    pub unsafe fn hold<'x, A: ?Sized>(&self, value: T, life: PhantomData<&'x A>) -> &'x mut T {
        self.rest.set(None);
        // SAFETY: the caller's promise is the same.
        unsafe { self.whole.hold(value, life) }
    }
}

impl<T> Drop for LivePart<T> {
    #[inline(always)]
    fn drop(&mut self) {
        // Before `whole` is dropped, which then finds its flag down if `rest` has run.
        self.end();
    }
}
