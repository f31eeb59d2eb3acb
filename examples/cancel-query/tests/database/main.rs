//! The server against a real PostgreSQL, as `pg_stat_activity` sees it.
//!
//! Skipped, with a word about it, where PostgreSQL isn't installed; `COSTATE_REQUIRE=postgres` makes that a failure.
#![cfg(unix)]

mod browser;
mod cancelled;
mod many;
mod program;
mod setup;
mod webdriver;
