//! Random bodies, each compiled as a machine and as `async fn`, which must do the same.
#![forbid(unsafe_code)]

pub mod batch;
pub mod compile;
pub mod evaluate;
pub mod generate;
pub mod scope;
pub mod shrink;
pub mod tree;
pub mod types;
