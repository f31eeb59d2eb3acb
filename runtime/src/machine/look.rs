//! What a pattern's bindings are while its guard decides ([`Seen`]).
//!
//! Input: the bindings as rustc makes them in a guard, where nothing has been moved yet. Output:
//! places that stay good while the guard is suspended. Invariant: what is bound by value is used in
//! place, inside the scrutinee; what is bound by reference is a copy of that reference. Not here:
//! the move out of the scrutinee, which is the pattern's own once the guard has agreed.

use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::ops::Range;
use core::ptr;

/// As many bytes as any reference has.
type Reference = [MaybeUninit<usize>; 2];

/// A binding as a suspended guard sees it: the place of its value.
pub struct Seen<T> {
    at: *const T,
    /// The reference itself, if the pattern made one: then `at` is here.
    copy: Reference,
    _borrows: PhantomData<*const T>,
}

impl<T> Clone for Seen<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Seen<T> {}

// SAFETY: it gives `&T` and nothing else, and so is as good as one.
unsafe impl<T: Sync> Send for Seen<T> {}
// SAFETY: as above.
unsafe impl<T: Sync> Sync for Seen<T> {}

impl<T> Seen<T> {
    /// The binding's value.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub fn value(&self) -> &T {
        // SAFETY: `see` was given a binding of a pattern. Its value lies in the scrutinee (or in what
        // a reference in it refers to), which rustc, on the twin, keeps from changing until the
        // guard has decided; or it is a reference, and copied.
        unsafe { &*self.at }
    }

    /// A copy of the binding's value.
    ///
    /// # Safety
    ///
    /// The twin has shown that its type is `Copy`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    #[must_use]
    pub unsafe fn copied(&self) -> T {
        // SAFETY: a reference is valid for reads; the caller says that the type is `Copy`.
        unsafe { ptr::read(self.value()) }
    }
}

/// Where a scrutinee lies: from its first address to the one after its last.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn extent<P: ?Sized>(scrutinee: &P) -> Range<usize> {
    let start = ptr::from_ref(scrutinee).addr();
    start..start + size_of_val(scrutinee)
}

/// Looks at a binding in the guard of its own arm.
///
/// A binding by value is a part of the scrutinee there. One by reference is a variable of the poll's,
/// and stays behind when the guard suspends: so it is copied, which a reference may be, as a guard
/// uses it as a shared one. Which it is is seen from its address, since its type need not be known yet.
///
/// # Safety
///
/// `slot` is valid for writes and stays where it is; `binding` is the binding of a pattern that
/// matched what lies at `scrutinee`, in its guard.
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn see<T>(slot: *mut Seen<T>, binding: &T, scrutinee: &Range<usize>) {
    let at = ptr::from_ref(binding);
    let in_place = scrutinee.contains(&at.addr());
    let may_be_a_reference =
        size_of::<T>() <= size_of::<Reference>() && align_of::<T>() <= align_of::<usize>();
    // SAFETY: `slot` is valid for writes; what is copied fits, as was just asked, and is valid for
    // reads as it is borrowed.
    unsafe {
        (&raw mut (*slot).at).write(at);
        if !in_place && may_be_a_reference {
            let copy = &raw mut (*slot).copy;
            ptr::copy_nonoverlapping(at, copy.cast::<T>(), 1);
            (&raw mut (*slot).at).write(copy.cast::<T>());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Seen, extent, see};
    use core::mem::MaybeUninit;
    use core::ptr;

    fn seen_of<T: Copy>(scrutinee: &(T, T), binding: &T) -> (bool, T) {
        let mut slot = MaybeUninit::<Seen<T>>::uninit();
        // SAFETY: the slot is a local that stays, and the callers bind a part of the scrutinee.
        let seen = unsafe {
            see(slot.as_mut_ptr(), binding, &extent(scrutinee));
            slot.assume_init_ref()
        };
        (ptr::eq(seen.value(), binding), *seen.value())
    }

    #[test]
    fn what_is_bound_by_value_is_seen_in_place() {
        let pair = (1, 2);
        assert_eq!(seen_of(&pair, &pair.1), (true, 2));
    }

    #[test]
    fn a_reference_that_a_pattern_made_is_copied() {
        let pair = ("a", "b");
        let made = pair.1;
        assert_eq!(seen_of(&pair, &made), (false, "b"));
    }

    #[test]
    fn what_is_too_large_for_a_reference_is_seen_where_it_is() {
        let elsewhere = [3_u64; 9];
        assert_eq!(seen_of(&([0; 9], [1; 9]), &elsewhere), (true, elsewhere));
    }
}
