//! Random bodies, each compiled as a machine and as `async fn`, which must do the same; and random programs that clean up, which
//! must do what the laws of cancellation say.
#![forbid(unsafe_code)]

pub mod batch;
pub mod compile;
pub mod evaluate;
pub mod generate;
pub mod laws;
pub mod scope;
pub mod shrink;
pub mod tally;
pub mod tree;
pub mod types;
