//! Each body in here is compiled twice from the same text, as `#[costate::coroutine] fn` and as
//! `async fn`, and must do the same under every schedule: see `costate_tests::schedule`.
//!
//! A case's name says what it is about; its module, which part of the language. What becomes of values is in `values.rs`, a
//! test of its own so that two cores compile them.

// The bodies are specimens: they hold what they never mention, assign what nobody reads, and
// write the long way what a linter would shorten, because that is what is being tested.
#![allow(
    unused_variables,
    unused_assignments,
    unused_mut,
    unreachable_code,
    dead_code,
    unused_labels
)]
#![allow(non_upper_case_globals, non_camel_case_types, dropping_copy_types)]
#![allow(clippy::all)]

mod alternatives;
mod asserts;
mod async_closures;
mod awaits;
mod bails;
mod calls;
mod cancellation;
mod chains;
mod closure_arguments;
mod control_flow;
mod expected;
mod expressions;
mod formats;
mod generics;
mod guards;
mod invocations;
mod invoked_fields;
mod larger;
mod leaving;
mod let_else;
mod loops;
mod macros;
mod macros_by_name;
mod macros_of_statements;
mod macros_that_bind;
mod methods;
mod mixtures;
mod named_in_macros;
mod names;
mod operands;
mod operated;
mod panics;
mod programs;
mod question;
mod scrutinees;
mod signatures;
mod streams;
mod substituted;
mod traits;
