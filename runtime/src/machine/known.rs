//! The standard library's macros that a coroutine knows by their names, to be compared with what these mean.

pub use std::{dbg, matches, vec};
