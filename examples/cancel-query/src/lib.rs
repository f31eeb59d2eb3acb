//! An HTTP server with a page that starts slow PostgreSQL queries, and stops them when nobody waits for them any more.
//!
//! `database` and `pool` speak to PostgreSQL, `query` is the work: a transaction of slow statements, with its clean-up. `jobs` knows what runs
//! and how it ended, `server` and `events` are what a browser sees. `plain` is the same server by plain drops, on tokio; `cluster`,
//! `client` and `observer` are for tests and measurements of both.

#[cfg(unix)]
pub mod client;
#[cfg(unix)]
pub mod cluster;
pub mod database;
pub mod events;
pub mod jobs;
#[cfg(unix)]
pub mod observer;
pub mod options;
pub mod plain;
pub mod pool;
pub mod query;
pub mod server;
