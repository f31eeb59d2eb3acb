//! Where a held local lives ([`Slot`]), and who drops it while its segment runs ([`Live`]).
//!
//! Input: addresses that the expansion computes from the state. Output: places and drop guards.
//! Invariant: a place is dropped by exactly one of the guard (on every way out of a poll, also a
//! panic) and the suspended state (after [`Live::park`]); a flag is cleared before the
//! value is read, so that a panic in between cannot drop it twice. Not here: which locals are held,
//! and in what order the guards are made; that is the macro's to decide.

use core::cell::{Cell, UnsafeCell};
use core::marker::{PhantomData, PhantomPinned};
use core::mem::{MaybeUninit, needs_drop};
use core::ptr;

use super::at::At;

/// Storage for one held local. The enclosing state says whether it is live.
///
/// `PhantomPinned` belongs in here: it makes the step closure `!Unpin`, and only then does
/// rustc keep `noalias` off the `&mut` by which the closure is called, which borrows from
/// one slot into another need.
#[repr(C)]
pub struct Slot<T>(UnsafeCell<MaybeUninit<T>>, PhantomPinned);

impl<T> Slot<T> {
    /// A slot that holds `value`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn new(value: T) -> Self {
        Slot(UnsafeCell::new(MaybeUninit::new(value)), PhantomPinned)
    }

    /// A slot that holds nothing yet.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn empty() -> Self {
        Slot(UnsafeCell::new(MaybeUninit::uninit()), PhantomPinned)
    }
}

// SAFETY: a slot owns a `T` at most, and gives it out by address only. Said here rather than
// derived through `UnsafeCell` and `MaybeUninit`, so that a check of a deep call chain stays inside
// rustc's recursion limit.
unsafe impl<T: Send> Send for Slot<T> {}
// SAFETY: as above; a shared slot gives no access to its value in safe code.
unsafe impl<T: Sync> Sync for Slot<T> {}

/// What a held local's own name denotes in the machine: nothing. It is declared and never
/// initialised, so that a use that the macro missed is E0381.
pub struct Held;

/// That a name is still a held local's.
#[diagnostic::on_unimplemented(
    message = "a macro declares a name that a local has which is held across a suspension",
    label = "a macro after this declares the name anew",
    note = "give the local another name, or call the macro in a block of its own"
)]
pub trait StillHeld {}

impl StillHeld for Held {}

/// Fails to compile if a macro has declared this name anew: what follows would then be of the macro's local in the
/// twin, and of the held one in the machine. Never called.
pub fn still_held<T: StillHeld>(_: T) {}

/// A held local while its segment runs: dropped on the way out unless it was moved or parked.
///
/// All methods take `&self`, so that guards can be used while others borrow the place.
///
/// It has the address of the whole state, and how far in the local lies: an address of each local would be kept in
/// a register from the beginning of a poll to its end.
pub struct Live<T> {
    base: *mut u8,
    at: At<T>,
    pub(super) live: Cell<bool>,
}

impl<T> Live<T> {
    /// A guard for the local at `place`, which holds a value iff `live`.
    ///
    /// # Safety
    ///
    /// `place` is valid for reads and writes as long as the guard lives, holds a value iff `live`,
    /// and no other guard drops it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn new(place: *mut T, live: bool) -> Self {
        Live {
            base: place.cast(),
            at: At::new(0),
            live: Cell::new(live),
        }
    }

    /// The same of a local that far in the state at `base`.
    ///
    /// # Safety
    ///
    /// As for [`new`](Self::new).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) const unsafe fn in_state(base: *mut u8, at: At<T>, live: bool) -> Self {
        Live {
            base,
            at,
            live: Cell::new(live),
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn place(&self) -> *mut T {
        // SAFETY: whoever made this said that it is there.
        unsafe { self.at.of(self.base) }
    }

    /// The place holds a value from now on (which was written some other way).
    ///
    /// # Safety
    ///
    /// It does.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn here(&self) {
        self.live.set(true);
    }

    /// Whether the guard has a value to drop. (A `Copy` value that was taken is still in place.)
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn is_live(&self) -> bool {
        self.live.get()
    }

    /// What a state stores of it: 0 of nothing, 1 of a value.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn state(&self) -> u8 {
        u8::from(self.live.get())
    }

    /// The local is mentioned again although one path has moved it by name: so it is `Copy` or a
    /// reference, and there is nothing to drop. Fails to compile if there is.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn here_without_drop(&self) {
        const {
            assert!(
                !core::mem::needs_drop::<T>(),
                "a local is mentioned where control never comes, and moved on another path; remove what is unreachable"
            );
        }
    }

    /// Hands the value, if there is one, over to the suspended state: this guard does not drop it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn park(&self) {
        self.live.set(false);
    }

    /// Where its value goes.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn room(&self) -> Room<'_, T> {
        Room::new(self.place(), &self.live)
    }

    /// Writes the local's value; what was there is not dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn init(&self, value: T) {
        self.room().fill(value);
    }

    /// Moves the value out, or copies it.
    ///
    /// # Safety
    ///
    /// The place holds a value: the straight-line twin has shown that it is initialised here.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn take(&self) -> T {
        self.live.set(false);
        // SAFETY: the caller says that there is a value, and the flag is down, so this is its
        // only owner (or it is `Copy` or a reference, and has none).
        unsafe { ptr::read(self.place()) }
    }

    /// `x = value`: drops the old value, if there is one, after `value` was made.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn assign(&self, value: T) {
        if self.live.get() {
            // SAFETY: the flag says that the place holds a value. Rust's own assignment writes
            // the new value also when the drop of the old one panics.
            unsafe { *self.place() = value };
        } else {
            self.init(value);
        }
    }

    /// The end of the local's scope: drops the value now, if there is one.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn end(&self) {
        if self.live.replace(false) {
            // SAFETY: the flag said that the place holds a value, and is down now.
            unsafe { ptr::drop_in_place(self.place()) };
        }
    }

    /// Writes the local's value and borrows it for the life of the machine.
    ///
    /// # Safety
    ///
    /// The straight-line twin has shown that every use of the borrow ends before the value does.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[allow(clippy::mut_from_ref, reason = "the guard is not what is borrowed")]
    pub unsafe fn hold<'x, A: ?Sized>(&self, value: T, _: PhantomData<&'x A>) -> &'x mut T {
        self.init(value);
        // SAFETY: just written; pinned with the machine, which lives for `'x`; the caller vouches
        // for the uses.
        unsafe { &mut *self.place() }
    }

    /// The same for a borrow that is shared. What is expected of the reference is then expected of the value.
    ///
    /// # Safety
    ///
    /// As for [`hold`](Self::hold).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub unsafe fn lend<'x, A: ?Sized>(&self, value: T, life: PhantomData<&'x A>) -> &'x T {
        // SAFETY: the caller's promise is the same.
        unsafe { self.hold(value, life) }
    }
}

impl<T, const N: usize> Live<[T; N]> {
    /// The place, as one that rustc assigns without looking what is there.
    #[inline(always)]
    pub fn elements(&self) -> *mut [MaybeUninit<T>; N] {
        self.place().cast()
    }
}

impl<T> Drop for Live<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        if !needs_drop::<T>() {
            // No call that does nothing.
        } else if size_of::<T>() <= SMALL {
            self.end();
        } else if self.live.replace(false) {
            // SAFETY: the flag said that the place holds a value, and is down now.
            unsafe { drop_apart(self.place()) };
        }
    }
}

/// The destructors of what is larger are seldom a few instructions.
const SMALL: usize = 4 * size_of::<usize>();

/// Drops what is there by a call. A guard whose own drop is no more than that is inlined where a panic passes, and so
/// needs no memory: each poll would write the guard to the stack for it.
///
/// # Safety
///
/// As for [`ptr::drop_in_place`].
#[inline(never)]
unsafe fn drop_apart<T>(place: *mut T) {
    // SAFETY: the caller's promise is the same.
    unsafe { ptr::drop_in_place(place) };
}

impl<T> Live<T> {
    /// The place, for a macro that nobody can see into, where the value may be gone.
    ///
    /// # Panics
    ///
    /// If it is gone: the twin has shown that nothing reads it, so the macro assigns it, and
    /// would drop what is not there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn in_macro<'p>(&self, place: &'p *mut T, _: u64) -> &'p *mut T {
        if core::mem::needs_drop::<T>() && !self.is_live() {
            assigned_in_macro();
        }
        place
    }
}

/// An assignment that the machine cannot see.
///
/// # Panics
///
/// Always.
#[cold]
pub fn assigned_in_macro() -> ! {
    panic!("a macro assigns a local that was moved; write the assignment outside of the macro")
}

/// Where a local's value is to go, and the flag that says that it is there.
pub struct Room<'a, T> {
    place: *mut T,
    live: &'a Cell<bool>,
}

impl<'a, T> Room<'a, T> {
    /// Of a guard, which keeps the place valid for writes while it can be reached.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn new(place: *mut T, live: &'a Cell<bool>) -> Self {
        Self { place, live }
    }

    /// Writes the local's value; what was there is not dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn fill(self, value: T) {
        // SAFETY: guards alone make this, and `self` borrows from one.
        unsafe { ptr::write(self.place, value) };
        self.live.set(true);
    }
}

/// A local and its first value. As a field, for which a value of the wrong type is what it is in the twin.
pub struct Init<'a, T> {
    /// The local's.
    pub at: Room<'a, T>,
    /// What goes there.
    pub value: T,
}

impl<T> Init<'_, T> {
    /// Writes the local's value; what was there is not dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn fill(self) {
        self.at.fill(self.value);
    }
}

/// A guard of any kind, as a question about its local sees it.
pub trait Guard<T> {
    /// As [`Live::take`].
    ///
    /// # Safety
    ///
    /// As for [`Live::take`].
    unsafe fn take(&self) -> T;
}

/// A local whose name looks like a unit struct's, and which may be one that a `let` takes apart: then there is nothing
/// in the local, and its value may not be one that drops.
#[cfg_attr(not(debug_assertions), inline(always))]
pub const fn upper_case<T, G: Guard<T>>(_: &G) {
    const {
        assert!(
            size_of::<T>() != 0 || !core::mem::needs_drop::<T>(),
            "a local that holds no bytes but needs a drop has a name in upper case, as a unit struct has; \
             name it in lower case, or write `let Unit {{}} = ..` of a unit struct"
        );
    }
}

macro_rules! guards {
    ($($guard:ty),*) => {$(
        impl<T> Guard<T> for $guard {
            #[cfg_attr(not(debug_assertions), inline(always))]
            unsafe fn take(&self) -> T {
                // SAFETY: the caller's promise is the same.
                unsafe { <$guard>::take(self) }
            }
        }
    )*};
}

guards!(Live<T>, super::parts::LiveParts<T>);

#[cfg(test)]
mod tests;
