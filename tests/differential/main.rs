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
    dead_code
)]
#![allow(non_upper_case_globals)]
#![allow(clippy::all)]

mod awaits;
mod borrows;
mod cancellation;
mod captures;
mod chains;
mod control_flow;
mod drops;
mod expressions;
mod generics;
mod guards;
mod loops;
mod methods;
mod moves;
mod names;
mod panics;
mod patterns;
mod question;
mod refills;
mod signatures;
mod substituted;
mod tails;
mod temporaries;
mod traits;
