//! Synchronization of tasks: locks, channels and signals.
//!
//! They work on every executor and between runtimes. Guards may be held across a suspension while the task moves
//! between threads. All are cancel-safe in one sense: **what a waiter was granted and didn't take goes to the next.** What
//! else is promised stands under "Cancel safety" at each operation.
//!
//! | for | take |
//! |---|---|
//! | data that several tasks change, across suspensions | [`Mutex`], [`RwLock`] |
//! | a limited number of something | [`Semaphore`] |
//! | tasks that start a step together | [`Barrier`] |
//! | a value that is made once | [`OnceCell`] |
//! | "something happened", without a value | [`Notify`] |
//! | one value, once | [`oneshot`] |
//! | many values, to one receiver | [`mpsc`] |
//! | many values, each to every receiver | [`broadcast`] |
//! | the newest value | [`watch`] |
//! | "give up", from the outside | [`CancelToken`] |
//!
//! # Locks, semaphores, cells
//!
//! [`Mutex`], [`RwLock`], [`Semaphore`] and [`OnceCell`] are those of [`async-lock`](async_lock). What holds for them here:
//!
//! - *Fairness.* A lock that is free goes to whoever comes first, even past those who wait; a waiter that was passed over
//!   for half a millisecond makes the others queue behind it. So nobody starves. A writer of a [`RwLock`] keeps new
//!   readers out as soon as it waits.
//! - *Cancel safety.* The futures of `lock`, `read`, `write`, `acquire` and `get_or_init` may be dropped at any time. Who
//!   is dropped has nothing, and what was about to be its own goes to the next. A dropped `get_or_init` drops its
//!   initializer, and another waiter starts its own.
//! - *Panics.* There is no poisoning: a guard that is dropped by a panic unlocks.
//!
//! ```
//! use costate::sync::Mutex;
//! use std::sync::Arc;
//!
//! #[costate::coroutine]
//! fn add(total: Arc<Mutex<u32>>, n: u32) {
//!     let mut total = total.lock().await;
//!     costate::task::yield_now().await;
//!     *total += n;
//! }
//!
//! #[costate::coroutine]
//! fn sum() -> u32 {
//!     let total = Arc::new(Mutex::new(0));
//!     let one = costate::spawn(add(Arc::clone(&total), 1));
//!     let two = costate::spawn(add(Arc::clone(&total), 2));
//!     one.await;
//!     two.await;
//!     let total = total.lock().await;
//!     *total
//! }
//!
//! assert_eq!(costate::block_on(sum()), 3);
//! ```
//!
//! For data that nobody holds across a suspension `std::sync::Mutex` is faster.
//!
//! (Under `--cfg loom`, with which `event-listener` doesn't build, what stands on it is left out: these four.)

mod barrier;
pub mod broadcast;
mod cancel_token;
#[cfg(all(test, loom))]
mod loom_tests;
mod monitor;
pub mod mpsc;
mod notify;
pub mod oneshot;
mod waiting;
pub mod watch;

#[cfg(not(loom))]
pub use async_lock::{
    Mutex, MutexGuard, MutexGuardArc, OnceCell, RwLock, RwLockReadGuard, RwLockReadGuardArc,
    RwLockUpgradableReadGuard, RwLockWriteGuard, RwLockWriteGuardArc, Semaphore, SemaphoreGuard,
    SemaphoreGuardArc,
};

pub use self::barrier::{Barrier, BarrierWait, BarrierWaitResult};
pub use self::cancel_token::{CancelToken, Cancelled, DropGuard};
pub use self::notify::{Notified, Notify};
