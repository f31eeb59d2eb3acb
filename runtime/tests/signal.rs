//! Ctrl-C. In a process of its own, since it changes what the signal does.
#![cfg(unix)]

use costate::signal::ctrl_c;
use costate::task::yield_now;
use costate::{block_on, spawn_local};
use futures::FutureExt;
use futures::future::{join, lazy};
use signal_hook::{consts::SIGINT, low_level::raise};

#[test]
fn ctrl_c_reaches_all_who_wait_from_their_call_on() {
    let start = lazy(|_| {
        let waiting = spawn_local(ctrl_c());
        let called = ctrl_c();
        (waiting, called)
    });
    let (first, second) = block_on(start.then(|(waiting, called)| {
        yield_now().then(|()| {
            raise(SIGINT).unwrap();
            join(waiting, called)
        })
    }));
    assert!(first.is_ok() && second.is_ok());

    // One that was dropped doesn't matter, and a second signal is seen again.
    let again = lazy(|_| drop(ctrl_c())).then(|()| {
        let waiting = ctrl_c();
        raise(SIGINT).unwrap();
        waiting
    });
    assert!(block_on(again).is_ok());
}

#[test]
fn waiting_for_a_signal_needs_a_runtime() {
    let outside = ctrl_c().now_or_never().expect("the error is there at once");
    assert!(
        outside
            .unwrap_err()
            .to_string()
            .contains("no costate runtime")
    );
}
