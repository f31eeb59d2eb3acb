//! Each body in here is compiled twice from the same text, as `#[costate::coroutine] fn` and as
//! `async fn`, and must do the same under every schedule: see `costate_tests::schedule`.
//!
//! A case's name says what it is about; its module, which part of the language.

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
mod arrays;
mod asserts;
mod assignments;
mod async_closures;
mod awaits;
mod bails;
mod bindings;
mod borrows;
mod by_value_names;
mod calls;
mod cancellation;
mod captured_drops;
mod captured_fields;
mod captures;
mod chains;
mod closure_arguments;
mod consumed_fields;
mod control_flow;
mod drops;
mod elements;
mod expected;
mod expressions;
mod extended_parts;
mod extended_places;
mod extended_references;
mod extended_values;
mod extension;
mod extensions;
mod formats;
mod generics;
mod given;
mod given_closures;
mod guards;
mod invocations;
mod invoked_fields;
mod larger;
mod leaving;
mod lent;
mod let_else;
mod lifetimes;
mod loops;
mod macros;
mod macros_by_name;
mod macros_of_statements;
mod macros_that_bind;
mod methods;
mod mixtures;
mod moves;
mod named_in_macros;
mod names;
mod once;
mod once_fields;
mod operands;
mod panics;
mod parts;
mod patterns;
mod pins;
mod places;
mod programs;
mod question;
mod receivers;
mod refills;
mod rests;
mod room;
mod rvalues;
mod scrutinees;
mod seen;
mod shadowing;
mod signatures;
mod spent;
mod streams;
mod substituted;
mod tail_operands;
mod tails;
mod tails_that_panic;
mod taken;
mod temporaries;
mod traits;
mod upper_case;
mod variants;
