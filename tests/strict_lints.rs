//! Expansions under everything that can be forbidden and denied, in edition 2024: the bodies that
//! `edition-2021` compiles in the older edition. Clippy looks at them with each lint below.
#![forbid(unsafe_code)]
#![deny(
    warnings,
    missing_docs,
    future_incompatible,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::allow_attributes,
    clippy::as_conversions,
    clippy::get_unwrap,
    clippy::let_underscore_must_use,
    clippy::mem_forget,
    clippy::multiple_unsafe_ops_per_block,
    clippy::same_name_method,
    clippy::shadow_unrelated,
    clippy::undocumented_unsafe_blocks,
    clippy::unneeded_field_pattern,
    clippy::unwrap_in_result,
    clippy::unwrap_used
)]

extern crate costate as machines;

#[path = "edition-2021/src/bodies.rs"]
mod bodies;
#[path = "edition-2021/src/constructs.rs"]
mod constructs;

#[test]
fn expansions_compile_and_run_with_every_lint_denied() {
    assert_eq!(bodies::run(bodies::everything()), bodies::EVERYTHING);
    assert_eq!(bodies::run(constructs::all()), constructs::ALL);
}
