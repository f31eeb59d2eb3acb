//! Runtimes that are made for one future, and end with it: what `block_on` and the attributes call.

use super::runtime::Builder;
use super::shared::{Kind, One, Shared};
use super::worker::Whom;
use super::{GRACE, context};
use std::future::Future;
use std::io;
use std::sync::Arc;
use std::time::Instant;

/// [`Runtime::block_on`](crate::Runtime::block_on) of a runtime with so many threads, which ends when the future is ready: what
/// `#[costate::main(threads = n)]` calls.
///
/// # Panics
///
/// If there is no room for the runtime's threads and descriptors, if `threads` is 0, and where `block_on` does.
pub fn block_on_threads<F: Future>(threads: usize, future: F) -> F::Output {
    run_on(&Builder::default().threads(threads), future)
}

/// As [`block_on_threads`], with a clock that is paused: what `#[costate::test(paused, threads = n)]` calls.
///
/// # Panics
///
/// As for [`block_on_threads`].
pub fn block_on_threads_paused<F: Future>(threads: usize, future: F) -> F::Output {
    run_on(
        &Builder::default().threads(threads).start_paused(true),
        future,
    )
}

/// [`Runtime::block_on`](crate::Runtime::block_on) of a runtime without threads whose clock is paused: what `#[costate::test(paused)]` calls.
///
/// # Panics
///
/// As for [`block_on_threads`].
pub fn block_on_paused<F: Future>(future: F) -> F::Output {
    run_on(
        &Builder::default().current_thread().start_paused(true),
        future,
    )
}

fn run_on<F: Future>(builder: &Builder, future: F) -> F::Output {
    started(builder.build()).block_on(future)
}

fn started<T>(runtime: io::Result<T>) -> T {
    runtime.unwrap_or_else(|error| panic!("can't start a runtime: {error}"))
}

/// Runs `future` and what it spawns on a runtime of their own, which ends with it.
pub(super) fn run_alone<F: Future>(future: F) -> F::Output {
    /// Ends the runtime, also when the future panics.
    struct Ends(Arc<Shared>);
    impl Drop for Ends {
        fn drop(&mut self) {
            self.0.shutdown(Instant::now() + GRACE);
        }
    }
    context::assert_free();
    let shared = Builder::default().shared(1, |driver| Kind::One(One::new(driver)));
    let shared = Ends(started(shared));
    shared.0.block_on(future, Whom::All)
}
