//! Coroutines as explicit state machines on stable Rust, and a small runtime that
//! cancels them properly.

extern crate self as costate;

pub mod machine;

pub use costate_macros::coroutine;
pub use machine::{Coroutine, Frame, Generator, Resumed};

#[doc(hidden)]
pub mod __private {
    pub use crate::machine::support::*;
    pub use core;
}
