//! Programs that were written to break the machine and are legal: each must do what `async fn`
//! does, under valgrind too. Those that must be refused are UI tests (`fail/attacks`).
//!
//! Each case names, in its comment, what a machine that is built wrongly would do instead.

// As in the differential tests: specimens, not code to be read for its style.
#![allow(unused_variables, unused_assignments, dead_code, clippy::all)]

mod after_the_end;
mod captured;
mod named;
mod shared;
