//! The guard of a held local that a body moves fields out of, one by one.
//!
//! Input: which fields are gone, as bits that the expansion numbers. Output: what is left drops
//! where the local does. Invariant: the bit of a field is up iff its value was moved out and needs
//! a drop; what drops the rest is known whenever a bit is up.

use core::cell::Cell;
use core::marker::PhantomData;
use core::mem::needs_drop;
use core::ptr;

use super::slot::At;

/// Drops a value but for the fields whose bits are up.
pub type FieldsRest<T> = unsafe fn(*mut T, u8);

/// [`Live`](super::slot::Live) for a local of which fields are moved.
pub struct LiveFields<T> {
    state: *mut u8,
    at: At<T>,
    live: Cell<bool>,
    moved: Cell<u8>,
    rest: Cell<Option<FieldsRest<T>>>,
}

/// In what a state stores: fields are gone, and the other bits say which.
const IN_PARTS: u8 = 0x80;

impl<T> LiveFields<T> {
    /// A guard for the local at `place`, which holds a whole value iff `live`.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`](super::slot::Live::new).
    #[inline(always)]
    pub const unsafe fn new(place: *mut T, live: bool) -> Self {
        LiveFields {
            state: place.cast(),
            at: At::new(0),
            live: Cell::new(live),
            moved: Cell::new(0),
            rest: Cell::new(None),
        }
    }

    /// As [`Live::in_state`](super::slot::Live::in_state).
    ///
    /// # Safety
    ///
    /// As for [`Live::new`](super::slot::Live::new).
    #[inline(always)]
    pub const unsafe fn in_state<S>(state: *mut S, at: At<T>) -> Self {
        LiveFields {
            state: state.cast(),
            at,
            live: Cell::new(false),
            moved: Cell::new(0),
            rest: Cell::new(None),
        }
    }

    #[inline(always)]
    fn place(&self) -> *mut T {
        // SAFETY: whoever made this said that it is there.
        unsafe { self.at.of(self.state) }
    }

    /// The place holds a whole value from now on.
    ///
    /// # Safety
    ///
    /// It does.
    #[inline(always)]
    pub unsafe fn here(&self) {
        self.moved.set(0);
        self.live.set(true);
    }

    /// As [`Live::here_without_drop`](super::slot::Live).
    #[inline(always)]
    pub const fn here_without_drop(&self) {
        const {
            assert!(
                !needs_drop::<T>(),
                "a local is mentioned where control never comes, and moved on another path; \
                 remove what is unreachable"
            );
        }
    }

    /// Whether there is something to drop.
    #[inline(always)]
    pub fn is_live(&self) -> bool {
        self.live.get()
    }

    /// What a state stores of it: 0 of nothing, 1 of a whole value, else which fields are gone.
    #[inline(always)]
    pub fn state(&self) -> u8 {
        match (self.live.get(), self.moved.get()) {
            (false, _) => 0,
            (true, 0) => 1,
            (true, moved) => IN_PARTS | moved,
        }
    }

    /// What [`state`](Self::state) said before the suspension holds again.
    ///
    /// # Safety
    ///
    /// It does, and `rest` is as for [`field`](Self::field).
    #[inline(always)]
    pub unsafe fn take_up(&self, state: u8, rest: FieldsRest<T>) {
        self.live.set(state != 0);
        self.moved.set(if state & IN_PARTS == 0 {
            0
        } else {
            state & !IN_PARTS
        });
        self.rest.set(Some(rest));
    }

    /// Hands what there is over to the suspended state.
    #[inline(always)]
    pub fn park(&self) {
        self.live.set(false);
    }

    /// Writes the local's value; what was there is not dropped.
    #[inline(always)]
    pub fn init(&self, value: T) {
        // SAFETY: `new`'s caller keeps the place valid for writes.
        unsafe { ptr::write(self.place(), value) };
        self.moved.set(0);
        self.live.set(true);
    }

    /// Moves the whole value out, or copies it.
    ///
    /// # Safety
    ///
    /// The place holds a whole value.
    #[inline(always)]
    pub unsafe fn take(&self) -> T {
        self.live.set(false);
        // SAFETY: the caller says that there is a value, and the flag is down.
        unsafe { ptr::read(self.place()) }
    }

    /// Moves a field out, or copies it; `rest` drops the value but for the fields whose bits it is
    /// given.
    ///
    /// # Safety
    ///
    /// `field` is the field of the value that has this bit, and is there. `rest` keeps the promise.
    #[inline(always)]
    pub unsafe fn field<F>(&self, field: *const F, bit: u8, rest: FieldsRest<T>) -> F {
        if needs_drop::<F>() {
            self.rest.set(Some(rest));
            self.moved.set(self.moved.get() | bit);
        }
        // SAFETY: the caller says that the field is there; its bit is up, or it needs no drop.
        unsafe { ptr::read(field) }
    }

    /// The fields of this bit are moved out by what follows.
    ///
    /// # Safety
    ///
    /// As for [`field`](Self::field).
    #[inline(always)]
    pub unsafe fn lose(&self, bit: u8, rest: FieldsRest<T>) {
        self.rest.set(Some(rest));
        self.moved.set(self.moved.get() | bit);
    }

    /// `x.field = value`: drops what is there of the field's old value. `below` are the bits of
    /// fields of the field, and `rest` drops it but for these.
    ///
    /// # Safety
    ///
    /// As for [`field`](Self::field).
    #[inline(always)]
    pub unsafe fn assign_field<F>(
        &self,
        field: *mut F,
        bit: u8,
        below: u8,
        rest: FieldsRest<F>,
        value: F,
    ) {
        let moved = self.moved.get();
        self.moved.set(moved & !(bit | below));
        let write = Write(field, Some(value));
        if moved & bit == 0 {
            // SAFETY: the field is there but for the fields below it that are gone. The new value
            // is written also when this panics.
            unsafe {
                match moved & below {
                    0 => ptr::drop_in_place(field),
                    gone => rest(field, gone),
                }
            }
        }
        drop(write);
    }

    /// `x = value`: drops what is there of the old value.
    #[inline(always)]
    pub fn assign(&self, value: T) {
        let write = Write(self.place(), Some(value));
        let refill = Refill(self, write);
        self.end();
        drop(refill);
    }

    /// The end of the local's scope: drops what is there.
    #[inline(always)]
    pub fn end(&self) {
        if !self.live.replace(false) {
            return;
        }
        match (self.moved.replace(0), self.rest.get()) {
            // SAFETY: the flag, which is down now, said that the value is there but for these
            // fields.
            (moved, Some(rest)) if moved != 0 => unsafe { rest(self.place(), moved) },
            // SAFETY: the same, with nothing gone: a bit goes up only together with `rest`.
            _ => unsafe { ptr::drop_in_place(self.place()) },
        }
    }

    /// Writes the local's value and borrows it for the life of the machine.
    ///
    /// # Safety
    ///
    /// As for [`Live::hold`](super::slot::Live::hold).
    #[inline(always)]
    #[allow(clippy::mut_from_ref, reason = "the guard is not what is borrowed")]
    pub unsafe fn hold<'x, A: ?Sized>(&self, value: T, _: PhantomData<&'x A>) -> &'x mut T {
        self.init(value);
        // SAFETY: just written; the caller vouches for the uses.
        unsafe { &mut *self.place() }
    }
}

impl<T> Drop for LiveFields<T> {
    #[inline(always)]
    fn drop(&mut self) {
        self.end();
    }
}

/// Writes when it is dropped: also when the drop of the old value panics, as rustc's assignment
/// does.
struct Write<F>(*mut F, Option<F>);

impl<F> Drop for Write<F> {
    fn drop(&mut self) {
        if let Some(value) = self.1.take() {
            // SAFETY: made for a place that outlives it, and whose old value is gone by now.
            unsafe { ptr::write(self.0, value) };
        }
    }
}

/// The local is whole again, once its value is written.
struct Refill<'a, T>(&'a LiveFields<T>, Write<T>);

impl<T> Drop for Refill<'_, T> {
    fn drop(&mut self) {
        if let Some(value) = self.1.1.take() {
            self.0.init(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::mem::{MaybeUninit, forget};
    use std::cell::RefCell;

    struct Noisy<'a>(&'a RefCell<String>, char);

    impl Drop for Noisy<'_> {
        fn drop(&mut self) {
            self.0.borrow_mut().push(self.1);
        }
    }

    type Nested<'a> = (Noisy<'a>, (Noisy<'a>, Noisy<'a>));

    unsafe fn rest(place: *mut Nested<'_>, moved: u8) {
        // SAFETY: the fields whose bits are up are forgotten.
        let whole = unsafe { ptr::read(place) };
        if moved & 1 != 0 {
            forget(whole.0);
        }
        if moved & 2 != 0 {
            forget(whole.1.0);
        }
    }

    unsafe fn second_rest<'a>(place: *mut (Noisy<'a>, Noisy<'a>), moved: u8) {
        // SAFETY: as above, of the second field alone.
        let whole = unsafe { ptr::read(place) };
        if moved & 2 != 0 {
            forget(whole.0);
        }
    }

    #[test]
    fn what_is_left_drops_where_the_local_does() {
        let log = RefCell::new(String::new());
        {
            let mut room = MaybeUninit::<Nested<'_>>::uninit();
            let place = room.as_mut_ptr();
            let new = |c| Noisy(&log, c);
            // SAFETY: the room outlives the guard, and each field is there when it is moved.
            unsafe {
                let guard = LiveFields::new(place, false);
                guard.init((new('a'), (new('b'), new('c'))));
                drop(guard.field(&raw const (*place).0, 1, rest));
                let state = guard.state();
                guard.park();
                let guard = LiveFields::new(place, false);
                guard.take_up(state, rest);
                drop(guard.field(&raw const (*place).1.0, 2, rest));
                log.borrow_mut().push('|');
                guard.assign_field(&raw mut (*place).0, 1, 0, |_, _| (), new('d'));
                guard.assign_field(&raw mut (*place).1, 0, 2, second_rest, (new('e'), new('f')));
                log.borrow_mut().push('|');
                drop(guard.field(&raw const (*place).1.0, 2, rest));
                guard.assign((new('g'), (new('h'), new('i'))));
                log.borrow_mut().push('|');
            }
        }
        assert_eq!(*log.borrow(), "ab|c|edf|ghi");
    }
}
