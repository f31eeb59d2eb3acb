//! Where things lie in a state, as numbers: an address would be kept in a register from the beginning of a poll to its end.

use core::marker::PhantomData;
use core::mem::{ManuallyDrop, MaybeUninit};

use super::cleanup::Leaving;
use super::parts::LiveParts;
use super::question::{Gate, Outcome};
use super::segment::Left;
use super::slot::{Live, Slot};

/// How far in a state a `T` lies.
pub struct At<T>(usize, PhantomData<*mut T>);

impl<T> Clone for At<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for At<T> {}

impl<T> At<T> {
    /// That many bytes.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn new(offset: usize) -> Self {
        At(offset, PhantomData)
    }

    /// That many bytes it is.
    pub const fn offset(self) -> usize {
        self.0
    }

    /// The address in the state at `base`; there need not be a value.
    ///
    /// # Safety
    ///
    /// `base` is the address of a state that has a `T` that far in.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn of(self, base: *mut u8) -> *mut T {
        // SAFETY: the caller says that this is in the same allocation.
        unsafe { base.byte_add(self.0).cast() }
    }

    /// The address of what lies on the stack. (It is asked for here, so that nothing is known of it, either, where rustc
    /// knows nothing of the state.)
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn beside<U>(self, room: &mut MaybeUninit<U>) -> *mut U {
        room.as_mut_ptr()
    }

    /// Where a local lies that has one room if calls consume it, and another if they don't.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn or_kept<L, K, A>(self, kept: At<K>, _: Gate<A>) -> At<L>
    where
        A: Outcome<Spent<L> = T, Kept<L> = K>,
    {
        match A::CONSUMES {
            true => At::new(self.0),
            false => At::new(kept.0),
        }
    }

    /// What a local lies in, and how far in, that a state has room for only if calls don't consume it: the state, or
    /// this room, which is on the stack of a poll.
    ///
    /// # Safety
    ///
    /// As for [`of`](Self::of).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn lodge<L, A: Outcome<Kept<L> = T>>(
        self,
        base: *mut u8,
        room: *mut L,
        _: Gate<A>,
    ) -> (*mut u8, At<L>) {
        match A::CONSUMES {
            true => (room.cast(), At::new(0)),
            false => (base, At::new(self.0)),
        }
    }

    /// Puts a value there; what was there is not dropped.
    ///
    /// # Safety
    ///
    /// As for [`of`](Self::of), and nobody uses what is there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn put(self, base: *mut u8, value: T) {
        // SAFETY: the caller's promise is the same.
        unsafe { self.of(base).write(value) };
    }

    /// A guard for the value there.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn live(self, base: *mut u8) -> Live<T> {
        // SAFETY: the caller's promise is the same.
        unsafe { self.live_if(base, true) }
    }

    /// A guard where there is no value yet.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn guard(self, base: *mut u8) -> Live<T> {
        // SAFETY: the caller's promise is the same.
        unsafe { self.live_if(base, false) }
    }

    /// The same for a local of which parts are moved.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn guard_of_parts(self, base: *mut u8) -> LiveParts<T> {
        // SAFETY: the caller's promise is the same.
        unsafe { LiveParts::in_state(base, self) }
    }

    /// The same for a local that drops by its parts, also where none is gone.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn guard_of_elements(self, base: *mut u8) -> LiveParts<T> {
        // SAFETY: the caller's promise is the same.
        unsafe { LiveParts::of_elements_in_state(base, self) }
    }

    /// The value of a `let` that says a type. Where nothing is known of the state rustc forgets that type, and finds nothing wrong
    /// with what follows, as where it found that the value is of another one.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn given<V>(self, value: V) -> V {
        value
    }

    /// What says where the machine is left whose state is at `base`, and says that far in it where it stands. (By a method, as all
    /// that is made of a place: of a function's argument rustc would learn what type the place has.)
    ///
    /// # Safety
    ///
    /// As for [`Left::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn left(self, base: *mut u8, panicked: T) -> Left<T> {
        // SAFETY: the caller's promise is the same.
        unsafe { Left::new(base, self, panicked) }
    }

    /// The same of one that cleans up.
    ///
    /// # Safety
    ///
    /// As for [`Leaving::new`].
    #[must_use]
    pub const unsafe fn leaving(self, base: *mut u8, panicked: T) -> Leaving<T>
    where
        T: Copy,
    {
        // SAFETY: the caller's promise is the same.
        unsafe { Leaving::new(base, self, panicked) }
    }

    /// A guard for what lies [`beside`](Self::beside) the state, and holds no value yet; asked for here for the same reason.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn guard_beside<U>(self, place: *mut U) -> Live<U> {
        // SAFETY: the caller's promise is the same.
        unsafe { Live::new(place, false) }
    }

    /// The same for a local of which parts are moved.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn guard_of_parts_beside<U>(self, place: *mut U) -> LiveParts<U> {
        // SAFETY: the caller's promise is the same.
        unsafe { LiveParts::new(place, false) }
    }

    /// The same for a local that drops by its parts, also where none is gone.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn guard_of_elements_beside<U>(self, place: *mut U) -> LiveParts<U> {
        // SAFETY: the caller's promise is the same.
        unsafe { LiveParts::of_elements(place, false) }
    }

    /// A guard where there is a value, or none.
    ///
    /// # Safety
    ///
    /// As for [`Live::new`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn live_if(self, base: *mut u8, live: bool) -> Live<T> {
        // SAFETY: the caller's promise is the same.
        unsafe { Live::in_state(base, self, live) }
    }
}

/// How far in the state at `base` a slot is. Of one type parameter, the slot's own, so that what is asked of it is little,
/// and compiled once for all machines.
///
/// # Safety
///
/// It is in there.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn at<T>(base: *const u8, slot: *const Slot<T>) -> At<T> {
    At::new(slot.addr() - base.addr())
}

/// The same of a slot that shares its room.
///
/// # Safety
///
/// It is in there.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn shared_at<T>(base: *const u8, slot: *const ManuallyDrop<Slot<T>>) -> At<T> {
    At::new(slot.addr() - base.addr())
}

/// The same of what says where the machine stands.
///
/// # Safety
///
/// It is in there, and of this size.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn tag_at<T>(base: *const u8, tag: *const T) -> At<T> {
    At::new(tag.addr() - base.addr())
}

/// A room that others share.
#[cfg_attr(not(debug_assertions), inline(always))]
pub const fn room<T>(place: *const ManuallyDrop<T>) -> *const T {
    place.cast()
}

/// Where a machine stands. No method of a trait, for a crate without a prelude.
///
/// # Safety
///
/// The tag of one is there.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn tag<T: Into<u32>>(place: *const T) -> u32 {
    // SAFETY: the caller says that it can be read.
    unsafe { place.read() }.into()
}
