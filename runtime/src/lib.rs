//! Coroutines as explicit state machines on stable Rust, and a small runtime that
//! cancels them properly.
//!
//! ```
//! use costate::time::{Duration, sleep};
//!
//! #[costate::coroutine]
//! fn late(n: u32) -> u32 {
//!     sleep(Duration::from_millis(1)).await;
//!     n
//! }
//!
//! #[costate::coroutine]
//! fn sum() -> u32 {
//!     let one = costate::spawn(late(1));
//!     let two = costate::spawn(late(2));
//!     let one = one.await;
//!     let two = two.await;
//!     one + two
//! }
//!
//! assert_eq!(costate::block_on(sum()), 3);
//! ```
//!
//! A coroutine is a [`Future`]: it runs on any executor, and any future runs on this one. [`block_on`] makes the
//! calling thread a runtime's worker; [`spawn`](spawn()) starts a [`Task`] on it, and dropping that cancels it.
//! [`net`], [`time`], `process` and `signal` hold what a task can wait for.
//!
//! Features, all off by default:
//!
//! - `hyper`: hyper 1 on this runtime, by its `rt` traits, in `compat`;
//! - `tokio-io`: tokio's `AsyncRead` and `AsyncWrite` for our sockets, in `compat`: `tokio-postgres` and others run over them;
//! - `tracing`: what clean-up did not run to its end is an event.

#![warn(missing_docs)]

extern crate self as costate;

pub mod cancel;
#[cfg(any(feature = "hyper", feature = "tokio-io"))]
pub mod compat;
pub mod future;
pub mod io;
pub mod machine;
pub mod net;
#[cfg(unix)]
pub mod process;
#[cfg(unix)]
pub mod signal;
pub mod sizes;
pub mod sync;
pub mod task;
pub mod time;

mod asked;
mod attributes;
mod behind;
mod driver;
mod introduce;

mod reactor;
mod scheduler;
mod shim;
mod statements;

pub use attributes::{coroutine, main, test};
pub use cancel::{cancelled, shield};
pub use future::callback;
pub use machine::{
    BoxCoroutine, BoxGenerator, Coroutine, Frame, Generator, LocalBoxCoroutine, LocalBoxGenerator,
    Resumed,
};
pub use scheduler::{
    Builder, Enter, Handle, Runtime, block_on, spawn, spawn_blocking, spawn_local,
};
pub use sizes::SizeReport;
pub use task::{Task, TaskError};

#[doc(hidden)]
pub mod __private {
    pub use crate::machine::support::*;
    pub use crate::scheduler::{block_on_paused, block_on_threads, block_on_threads_paused};
    pub use core;
}
