//! The primitives that a model checker can take the place of.
//!
//! Input: `--cfg loom` or `--cfg shuttle` in a unit test. Output: the same names, from `std`, from loom, which tries every
//! interleaving of a few steps, or from shuttle, which tries random ones of the whole scheduler. Non-goal: what no loom test
//! reaches is in [`threads`], which loom leaves alone; what no test with shuttle reaches uses `std` directly.

#[cfg(all(test, loom))]
pub(crate) use loom::{
    cell::UnsafeCell,
    sync::atomic::{AtomicU64, AtomicUsize, Ordering, fence},
    sync::{Mutex, MutexGuard},
};

#[cfg(all(test, shuttle))]
pub(crate) use shuttle::sync::{
    Mutex, MutexGuard,
    atomic::{AtomicU64, AtomicUsize, Ordering, fence},
};

#[cfg(not(all(test, any(loom, shuttle))))]
pub(crate) use std::sync::{
    Mutex, MutexGuard,
    atomic::{AtomicU64, AtomicUsize, Ordering, fence},
};

#[cfg(not(all(test, loom)))]
pub(crate) use self::real::UnsafeCell;

pub(crate) mod threads;

#[cfg(not(all(test, loom)))]
mod real {
    /// `std`'s cell with loom's way of looking into it.
    #[derive(Debug)]
    #[repr(transparent)]
    pub(crate) struct UnsafeCell<T>(std::cell::UnsafeCell<T>);

    impl<T> UnsafeCell<T> {
        pub(crate) const fn new(value: T) -> Self {
            UnsafeCell(std::cell::UnsafeCell::new(value))
        }

        /// Calls `look` with a pointer that is only read through.
        #[inline(always)]
        pub(crate) fn with<R>(&self, look: impl FnOnce(*const T) -> R) -> R {
            look(self.0.get())
        }

        /// Calls `change` with a pointer that nobody else reads or writes meanwhile.
        #[inline(always)]
        pub(crate) fn with_mut<R>(&self, change: impl FnOnce(*mut T) -> R) -> R {
            change(self.0.get())
        }
    }
}
