//! Expansions under everything that can be forbidden and denied, in edition 2024: the bodies that
//! `edition-2021` compiles in the older edition.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic
)]

extern crate costate as machines;

#[path = "edition-2021/src/bodies.rs"]
mod bodies;

#[test]
fn expansions_compile_and_run_with_every_lint_denied() {
    assert_eq!(bodies::run(bodies::everything()), bodies::EVERYTHING);
}
