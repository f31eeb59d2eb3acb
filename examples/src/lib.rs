//! What the example programs share: the echo server, data that can be checked, a look at a
//! process's memory and descriptors, and a way to watch a coroutine's states.

pub mod pattern;
pub mod process;
pub mod server;
pub mod watch;

/// The README's programs compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
