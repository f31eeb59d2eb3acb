//! What shuttle takes the place of, and loom doesn't: no loom test gets here.

#[cfg(not(all(test, shuttle)))]
pub(crate) use std::{
    sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering},
    sync::{Condvar, Mutex, MutexGuard},
    thread, thread_local,
};

#[cfg(all(test, shuttle))]
pub(crate) use self::random::thread_local;
#[cfg(all(test, shuttle))]
pub(crate) use shuttle::{
    sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering},
    sync::{Condvar, Mutex, MutexGuard},
    thread,
};

#[cfg(all(test, shuttle))]
pub(crate) mod random {
    use shuttle::thread::{AccessError, LocalKey};
    use std::cell::Cell;

    /// Shuttle's key with those methods of `std`'s that are used.
    pub(crate) struct Key<T: 'static>(pub(crate) LocalKey<T>);

    impl<T> Key<T> {
        pub(crate) fn with<R>(&'static self, look: impl FnOnce(&T) -> R) -> R {
            self.0.with(look)
        }

        pub(crate) fn try_with<R>(
            &'static self,
            look: impl FnOnce(&T) -> R,
        ) -> Result<R, AccessError> {
            self.0.try_with(look)
        }
    }

    impl<T> Key<Cell<T>> {
        pub(crate) fn get(&'static self) -> T
        where
            T: Copy,
        {
            self.with(Cell::get)
        }

        pub(crate) fn set(&'static self, value: T) {
            self.with(|cell| cell.set(value));
        }

        pub(crate) fn replace(&'static self, value: T) -> T {
            self.with(|cell| cell.replace(value))
        }
    }

    macro_rules! keys {
        ($($(#[$attribute:meta])* static $name:ident: $type:ty = const { $value:expr };)*) => {$(
            $(#[$attribute])*
            static $name: $crate::shim::threads::random::Key<$type> =
                $crate::shim::threads::random::Key(shuttle::thread::LocalKey {
                    init: || $value,
                    _p: std::marker::PhantomData,
                });
        )*};
    }
    pub(crate) use keys as thread_local;
}
