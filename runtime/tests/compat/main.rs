//! The features `hyper` and `tokio-io`: our streams, tasks and timers under others' traits.

mod http;
mod streams;
mod timers;
