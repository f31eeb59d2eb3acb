//! Small questions that the code between two suspensions asks.

use super::slot::At;
use core::mem::needs_drop;

/// Resumes a machine that has ended.
///
/// # Panics
///
/// Always, by name: it is a bug of the caller.
#[cold]
pub fn ended(name: &str, panicked: bool) -> ! {
    if panicked {
        panic!("`{name}` resumed after it panicked");
    }
    panic!("`{name}` resumed after it ended");
}

/// Says that the machine has panicked, unless this is forgotten: so the state is written where a panic
/// passes, and the way that all polls take does without.
pub struct Unwinding<T: Copy> {
    state: *mut u8,
    tag: At<T>,
    panicked: T,
}

impl<T: Copy> Unwinding<T> {
    /// Of the machine whose state is at this address, and whose tag is that far in it.
    ///
    /// # Safety
    ///
    /// The tag is valid for writes until this is dropped or forgotten.
    #[inline(always)]
    pub const unsafe fn new<S>(state: *mut S, tag: At<T>, panicked: T) -> Self {
        Unwinding {
            state: state.cast(),
            tag,
            panicked,
        }
    }
}

impl<T: Copy> Drop for Unwinding<T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: `new`'s caller keeps the place valid, which is that far in the state.
        unsafe { self.tag.of(self.state).write(self.panicked) };
    }
}

/// Whether what a pattern binds by value has to be dropped: only then has it been moved.
#[inline(always)]
pub const fn drops<T>(_: &T) -> bool {
    needs_drop::<T>()
}

/// Reads a binding that can't own anything: a reference, or a copy of a part of a place.
///
/// Fails to compile where it owns something, since its place would drop it again.
///
/// # Safety
///
/// The twin binds the same value at the same place.
#[inline(always)]
pub unsafe fn copied<T>(binding: &T) -> T {
    const {
        assert!(
            !needs_drop::<T>(),
            "a part of this value is moved out by a pattern, which is not supported here yet; bind the whole value first"
        );
    }
    // SAFETY: a reference is valid for reads, and a type that needs no drop may be read twice here: the
    // twin has proved that it is `Copy`, or that its place is not used any more.
    unsafe { core::ptr::read(binding) }
}

/// Calls a function where the scope of what this returns ends, also by a panic.
#[inline(always)]
pub fn at_end(act: impl FnMut()) -> impl Drop {
    AtEnd(act)
}

struct AtEnd<F: FnMut()>(F);

impl<F: FnMut()> Drop for AtEnd<F> {
    #[inline(always)]
    fn drop(&mut self) {
        (self.0)();
    }
}
