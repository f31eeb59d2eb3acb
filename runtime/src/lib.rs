//! Coroutines as explicit state machines on stable Rust, and a small runtime that
//! cancels them properly.

extern crate self as costate;

pub mod machine;
pub mod net;
#[cfg(unix)]
pub mod signal;
pub mod task;
pub mod time;

mod driver;
mod io;
mod offload;
mod reactor;
mod scheduler;
mod shim;

pub use costate_macros::{coroutine, main, test};
pub use machine::{Coroutine, Frame, Generator, Resumed};
pub use scheduler::{block_on, spawn, spawn_local};
pub use task::{Task, TaskError};

#[doc(hidden)]
pub mod __private {
    pub use crate::machine::support::*;
    pub use core;
}
