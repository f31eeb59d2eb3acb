//! Cancellation: random programs that clean up, and what the laws of cancellation say that they do.
//!
//! There is no `async fn` to compare with. Instead a [`mod@reference`] walks a program's [`tree`] under a schedule, and so predicts
//! each event, drop and answer. It has nothing of the machine's: no states, no expansion, no futures. The same program is
//! [written](mod@write) as coroutines, compiled, and driven by the same [schedules](schedule): polled any number of times, then
//! cancelled by any number of further polls, then dropped.

pub mod evaluate;
pub mod generate;
pub mod reference;
pub mod schedule;
pub mod smaller;
pub mod tree;
pub mod write;
