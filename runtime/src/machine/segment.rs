//! Small questions that the code between two suspensions asks.

use super::at::At;
use super::op::Step;
use super::twin::{IsMisspelt, never_run};
use core::convert::Infallible;
use core::mem::needs_drop;
use core::sync::atomic::{Ordering, compiler_fence};

/// Resumes a machine that has ended, in this state. Which of them says that it panicked is compared here: a machine's own
/// comparison would be one more case of its dispatch.
///
/// # Panics
///
/// Always, by name: it is a bug of the caller.
#[cold]
pub fn ended(name: &str, state: u32, panicked: u32) -> ! {
    if state == panicked {
        self::panicked(name);
    }
    panic!("`{name}` resumed after it ended");
}

/// Resumes a machine that has panicked, and that has many states. Of two functions LLVM doesn't see that all states that hold
/// nothing lead to one place: then each poll would compare whether the machine is in one of them.
///
/// # Panics
///
/// Always, by name: it is a bug of the caller.
#[cold]
#[inline(never)]
pub fn panicked(name: &str) -> ! {
    panic!("`{name}` resumed after it panicked");
}

/// Says in which state a machine is when it is left: where a panic passes, that it has panicked. So the way that all polls
/// take does without.
pub struct Left<T> {
    base: *mut u8,
    at: At<T>,
    panicked: T,
}

impl<T> Left<T> {
    /// Of the machine whose state is at this address, and says that far in it where it stands.
    ///
    /// # Safety
    ///
    /// This place is valid for writes until this is gone; `T` needs no drop.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const unsafe fn new(base: *mut u8, at: At<T>, panicked: T) -> Self {
        Left { base, at, panicked }
    }

    /// The machine is left as it was, and waits. What these guard is the state's again.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn waits<G, R, Y>(self, guards: G) -> Step<R, Y> {
        forget(guards);
        forget(self);
        Step::Pending
    }

    /// The same of a function that returns a `Result`.
    ///
    /// # Errors
    ///
    /// None.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn ok_waits<G, R, Y>(self, guards: G) -> Result<Step<R, Y>, Infallible> {
        Ok(self.waits(guards))
    }

    /// The machine is left in this state, in which it goes on. What these guard is the state's again.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn suspends<G>(self, guards: G, state: T) {
        forget(guards);
        self.in_state(state);
    }

    /// It has come to its end, with this.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn completes<R, Y>(&self, value: R) -> Step<R, Y> {
        Step::Complete(value)
    }

    /// What is called with a number of arguments that it takes only if it is something else than its name says.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub const fn calls<F: Copy>(&self, callee: F) -> F {
        callee
    }

    /// What has a name that is nearly `self`, and is an item.
    ///
    /// # Panics
    ///
    /// If it is called.
    pub fn misspelt<I: IsMisspelt>(&self, _: I) -> I::Receiver {
        never_run()
    }

    /// The machine is left as it was.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn stays(self) {
        forget(self);
    }

    /// The machine has come to this state, in which it may be left.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn arrives(&self, state: T) {
        // SAFETY: `new`'s caller keeps the place valid, which is that far in the state.
        unsafe { self.at.of(self.base).write(state) };
    }

    /// The machine is left in this state. Written here, in each place: in one for all, the state would be in a register.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub fn in_state(self, state: T) {
        // SAFETY: `new`'s caller keeps the place valid, which is that far in the state.
        unsafe { self.at.of(self.base).write(state) };
        forget(self);
    }
}

impl<T> Drop for Left<T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        // SAFETY: as above; what is copied needs no drop.
        unsafe {
            core::ptr::copy_nonoverlapping(&raw const self.panicked, self.at.of(self.base), 1)
        };
    }
}

/// Control goes back to where a loop begins.
///
/// LLVM is to keep nothing of the state in registers from here on: it would load it before the loop and store it behind, and
/// most loops that suspend are left after a turn or two, by a poll that is to be short.
#[cfg_attr(not(debug_assertions), inline(always))]
#[must_use]
pub fn back() -> bool {
    compiler_fence(Ordering::SeqCst);
    true
}

/// Whether what a pattern binds by value has to be dropped: only then has it been moved.
#[cfg_attr(not(debug_assertions), inline(always))]
pub const fn drops<T>(_: &T) -> bool {
    needs_drop::<T>()
}

/// The same of what may be a constant and no binding: then it is not in the place that was matched.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn inside<P, T>(place: *const P, binding: &T) -> bool {
    let (start, at) = (place.addr(), core::ptr::from_ref(binding).addr());
    needs_drop::<T>() && start <= at && at <= start + size_of::<P>()
}

/// The same of a local in its slot.
#[cfg_attr(not(debug_assertions), inline(always))]
pub const fn drops_at<T>(_: *mut T) -> bool {
    needs_drop::<T>()
}

/// Forgets a part of a value, whatever its type is.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn forget<T>(part: T) {
    core::mem::forget(part);
}

/// Of a place in the state of a machine that is to be `Send`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub const fn held_across<T: Send>(_: *mut T) {}

/// Reads a binding that can't own anything: a reference, or a copy of a part of a place.
///
/// Fails to compile where it owns something, since its place would drop it again.
///
/// # Safety
///
/// The twin binds the same value at the same place.
#[cfg_attr(not(debug_assertions), inline(always))]
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

/// The value of a function that gives none. If it is to give one, that is an error of the twin's, and of the twin's
/// alone: here any type will do.
///
/// # Safety
///
/// `T` is `()`, or the call is never made.
#[cfg_attr(not(debug_assertions), inline(always))]
#[must_use]
pub const unsafe fn unit<T>() -> T {
    // Of any other type the twin has proved that something before never ends.
    if size_of::<T>() != 0 {
        unreachable!();
    }
    // SAFETY: the caller says that this is `()`.
    unsafe { core::mem::transmute_copy(&()) }
}

/// The same after a block without a value.
///
/// # Safety
///
/// As for [`unit`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub unsafe fn after<B, T>(_: B) -> T {
    // SAFETY: the caller's promise is the same.
    unsafe { unit() }
}

/// Calls a function where the scope of what this returns ends, also by a panic.
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn at_end(act: impl FnMut()) -> impl Drop {
    AtEnd(act)
}

struct AtEnd<F: FnMut()>(F);

impl<F: FnMut()> Drop for AtEnd<F> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        (self.0)();
    }
}
