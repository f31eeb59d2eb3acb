//! A crate that forbids what it can and denies the rest, in the older edition, with costate
//! renamed: expansions must compile here without a word.
//!
//! `bodies.rs` is compiled in edition 2024 too, by `tests/strict_lints.rs`.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic
)]

pub mod bodies;
pub mod constructs;
