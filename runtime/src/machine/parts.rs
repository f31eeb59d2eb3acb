//! The guard of a held local of which parts are moved out: by fields, by patterns, by methods.
//!
//! Input: which parts are gone, as bits that the expansion numbers. Output: what is left drops
//! where the local does. Invariant: the bit of a part is up iff its value was moved out and needs
//! a drop; what drops the rest is known whenever a bit is up.

use core::cell::Cell;
use core::marker::PhantomData;
use core::{mem::needs_drop, ptr};

use super::at::At;
use super::slot::{Room, assigned_in_macro};

mod flag;
mod one;
mod refill;
mod told;
mod update;

use one::{Asked, Part};
use refill::{Refill, Write};

pub use flag::Flag;
pub use told::{Choice, Told};
pub use update::{Update, update};

/// Drops a value but for the parts whose bits are up.
pub type Rest<T> = unsafe fn(*mut T, u64);

/// Code that does: a closure that captures nothing, or only what tells something by its type.
#[cfg_attr(not(debug_assertions), inline(always))]
fn code<T, R: Fn(*mut T, u64) + Copy>(_: R) -> Rest<T> {
    unsafe fn run<T, R: Fn(*mut T, u64) + Copy>(place: *mut T, gone: u64) {
        const { assert!(size_of::<R>() == 0) };
        // SAFETY: a value without a size is there, of a type that is `Copy` and of which there was one.
        let rest = unsafe { ptr::NonNull::<R>::dangling().as_ref() };
        rest(place, gone);
    }
    run::<T, R>
}

/// [`Live`](super::slot::Live) for a local of which parts are moved.
pub struct LiveParts<T> {
    base: *mut u8,
    at: At<T>,
    live: Cell<bool>,
    gone: Cell<u64>,
    rest: Cell<Option<Rest<T>>>,
    /// Also a whole value drops by its parts: rustc does so with an array of which elements are moved somewhere, and
    /// then begins with the last.
    by_parts: bool,
}

impl<T> LiveParts<T> {
    /// A guard for the local at `place`, which holds a whole value iff `live`.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`](super::slot::Live::new).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn new(place: *mut T, live: bool) -> Self {
        Self::made(place.cast(), At::new(0), live, false)
    }

    /// As [`Live::in_state`](super::slot::Live::in_state).
    ///
    /// # Safety
    ///
    /// The same.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) const unsafe fn in_state(base: *mut u8, at: At<T>) -> Self {
        Self::made(base, at, false, false)
    }

    /// The same for a local that drops by its parts, also where none is gone.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`](super::slot::Live::new).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn of_elements(place: *mut T, live: bool) -> Self {
        Self::made(place.cast(), At::new(0), live, true)
    }

    /// The same of a local in a state, which holds no value yet.
    ///
    /// # Safety
    ///
    /// As for [`Live::in_state`](super::slot::Live::in_state).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) const unsafe fn of_elements_in_state(base: *mut u8, at: At<T>) -> Self {
        Self::made(base, at, false, true)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    const fn made(base: *mut u8, at: At<T>, live: bool, by_parts: bool) -> Self {
        LiveParts {
            base,
            at,
            live: Cell::new(live),
            gone: Cell::new(0),
            rest: Cell::new(None),
            by_parts,
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn place(&self) -> *mut T {
        // SAFETY: whoever made this said that it is there.
        unsafe { self.at.of(self.base) }
    }

    /// The place holds a whole value from now on.
    ///
    /// # Safety
    ///
    /// It does.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn here(&self) {
        self.gone.set(0);
        self.live.set(true);
    }

    /// As [`Live::here_without_drop`](super::slot::Live::here_without_drop).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn here_without_drop(&self) {
        const {
            assert!(
                !needs_drop::<T>(),
                "a local is mentioned where control never comes, and moved on another path; \
                 remove what is unreachable"
            );
        }
    }

    /// What drops the value but for the parts that are gone.
    ///
    /// # Safety
    ///
    /// It keeps the promise of [`Rest`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn knows(&self, rest: impl Fn(*mut T, u64) + Copy) {
        self.rest.set(Some(code(rest)));
    }

    /// Whether there is something to drop.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn is_live(&self) -> bool {
        self.live.get()
    }

    /// Writes into a state what there is.
    ///
    /// # Safety
    ///
    /// `flag` is valid for writes; it need not be aligned.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn store<F: Flag>(&self, flag: *mut F) {
        let state = if self.live.get() {
            1 | self.gone.get() << 1
        } else {
            0
        };
        // SAFETY: the caller's promise.
        unsafe { flag.write_unaligned(F::of(state)) };
    }

    /// What [`store`](Self::store) wrote before the suspension holds again.
    ///
    /// # Safety
    ///
    /// It does, and `rest` is as for [`knows`](Self::knows).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn take_up<F: Flag>(&self, flag: *mut F, rest: impl Fn(*mut T, u64) + Copy) {
        // SAFETY: `store` wrote it.
        let state = unsafe { flag.read_unaligned() }.state();
        self.live.set(state != 0);
        self.gone.set(state >> 1);
        self.rest.set(Some(code(rest)));
    }

    /// Hands what there is over to the suspended state.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn park(&self) {
        self.live.set(false);
    }

    /// Where its value goes; no part is gone.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn room(&self) -> Room<'_, T> {
        self.gone.set(0);
        Room::new(self.place(), &self.live)
    }

    /// Writes the local's value; what was there is not dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn init(&self, value: T) {
        self.room().fill(value);
    }

    /// As [`Live::in_macro`](super::slot::Live::in_macro), where one of these parts may be gone.
    ///
    /// # Panics
    ///
    /// If one of them is gone, or all.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn in_macro<'p>(&self, place: &'p *mut T, parts: u64) -> &'p *mut T {
        if needs_drop::<T>() && (!self.live.get() || self.gone.get() & parts != 0) {
            assigned_in_macro();
        }
        place
    }

    /// Moves the whole value out, or copies it.
    ///
    /// # Safety
    ///
    /// The place holds a whole value.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn take(&self) -> T {
        self.live.set(false);
        // SAFETY: the caller says that there is a value, and the flag is down.
        unsafe { ptr::read(self.place()) }
    }

    /// A part that is moved out, or copied; `rest` drops the value but for the parts whose bits it is given.
    ///
    /// # Safety
    ///
    /// `part` is the part of the value that has this bit, is there, and is taken. `rest` keeps the promise.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn part<P>(
        &self,
        part: *const P,
        bit: u64,
        rest: impl Fn(*mut T, u64) + Copy,
    ) -> Part<P> {
        // SAFETY: the caller's promise.
        unsafe { self.lose(needs_drop::<P>(), bit, rest) };
        Part(part)
    }

    /// The parts of these bits are moved out by what follows, if what is moved needs a drop.
    ///
    /// # Safety
    ///
    /// As for [`part`](Self::part).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn lose(&self, drops: bool, bits: u64, rest: impl Fn(*mut T, u64) + Copy) {
        if drops {
            self.rest.set(Some(code(rest)));
            self.gone.set(self.gone.get() | bits);
        }
    }

    /// A part that [`Asked`] may move.
    ///
    /// # Safety
    ///
    /// As for [`part`](Self::part), once it is taken.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn at<P>(
        &self,
        part: *mut P,
        bit: u64,
        rest: impl Fn(*mut T, u64) + Copy,
    ) -> Asked<'_, T, P> {
        Asked::new(self, part, bit, code(rest))
    }

    /// `x.field = value`: drops what is there of the field's old value. `own` is the bit of the field,
    /// `below` are the bits of parts of it, and `rest` drops it but for these.
    ///
    /// # Safety
    ///
    /// As for [`part`](Self::part).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn assign_part<P>(
        &self,
        part: *mut P,
        own: u64,
        below: u64,
        rest: impl Fn(*mut P, u64) + Copy,
        value: P,
    ) {
        let gone = self.gone.get();
        self.gone.set(gone & !(own | below));
        let write = Write(part, Some(value));
        if gone & own == 0 {
            // SAFETY: the field is there but for the parts of it that are gone. The new value
            // is written also when this panics.
            unsafe {
                match gone & below {
                    0 if !self.by_parts => ptr::drop_in_place(part),
                    gone => rest(part, gone),
                }
            }
        }
        drop(write);
    }

    /// `x = value`: drops what is there of the old value.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn assign(&self, value: T) {
        let write = Write(self.place(), Some(value));
        let refill = Refill(self, write);
        self.end();
        drop(refill);
    }

    /// The end of the local's scope: drops what is there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn end(&self) {
        if !self.live.replace(false) {
            return;
        }
        match (self.gone.replace(0), self.rest.get()) {
            // SAFETY: the flag, which is down now, said that the value is there but for these
            // parts.
            (gone, Some(rest)) if gone != 0 || self.by_parts => unsafe { rest(self.place(), gone) },
            // SAFETY: the same, with nothing gone: a bit goes up only together with `rest`.
            _ => unsafe { ptr::drop_in_place(self.place()) },
        }
    }

    /// Writes the local's value and borrows it for the life of the machine.
    ///
    /// # Safety
    ///
    /// As for [`Live::hold`](super::slot::Live::hold).
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(clippy::mut_from_ref, reason = "the guard is not what is borrowed")]
    pub unsafe fn hold<'x, A: ?Sized>(&self, value: T, _: PhantomData<&'x A>) -> &'x mut T {
        self.init(value);
        // SAFETY: just written; the caller vouches for the uses.
        unsafe { &mut *self.place() }
    }
}

impl<T> Drop for LiveParts<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests;
