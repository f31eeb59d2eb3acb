//! Expansions written by hand, to show that the pieces of `costate::__private` fit together: what they are called,
//! which types they infer, and that a machine made of them runs, cancels, traces and drops as it should.
//!
//! Run it under valgrind too: the drops and the borrows across suspensions are the point.

#![allow(
    clippy::unit_arg,
    clippy::match_single_binding,
    clippy::needless_lifetimes,
    clippy::unnecessary_operation,
    clippy::unused_unit,
    reason = "written as an expansion, of which these are not reported"
)]

mod counter;
mod echo;
mod method;
mod world;

use costate::{Coroutine, Generator, Resumed};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use world::{Log, Pipe};

fn context() -> Context<'static> {
    Context::from_waker(Waker::noop())
}

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut context())
}

fn cancel<C: Coroutine + ?Sized>(machine: Pin<&mut C>) -> Poll<()> {
    machine.poll_cancel(&mut context())
}

fn finish<F: Future>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    loop {
        if let Poll::Ready(output) = poll(future.as_mut()) {
            return output;
        }
    }
}

#[test]
fn a_borrow_of_a_local_lives_across_suspensions() {
    let log = Log::default();
    let pipe = Pipe::new(&log, &[3, 5, 0]);
    assert_eq!(finish(echo::echo(pipe, &log)), Ok(8));
    assert_eq!(log.take(), "rr.ww.rr.ww.rr.P");
}

#[test]
fn a_machine_is_cancelled_at_any_suspension() {
    for polls in 0..6 {
        let log = Log::default();
        let mut machine = Box::pin(echo::echo(Pipe::new(&log, &[3, 5, 0]), &log));
        for _ in 0..polls {
            assert!(poll(machine.as_mut()).is_pending());
        }
        log.take();
        assert!(cancel(machine.as_mut()).is_ready());
        assert_eq!(log.take(), "P", "after {polls} polls");
        assert!(cancel(machine.as_mut()).is_ready());
        drop(machine);
        assert_eq!(log.take(), "");
    }
}

#[test]
fn a_machine_is_dropped_at_any_suspension() {
    for polls in 0..6 {
        let log = Log::default();
        let mut machine = Box::pin(echo::echo(Pipe::new(&log, &[3, 5, 0]), &log));
        for _ in 0..polls {
            assert!(poll(machine.as_mut()).is_pending());
        }
        log.take();
        drop(machine);
        assert_eq!(log.take(), "P", "after {polls} polls");
    }
}

#[test]
fn a_panic_of_a_child_drops_everything_once() {
    let log = Log::default();
    let mut machine = Box::pin(echo::echo(Pipe::new(&log, &[3, 99]), &log));
    let mut run = || while poll(machine.as_mut()).is_pending() {};
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(&mut run)).is_err());
    assert!(log.take().ends_with('P'));
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(&mut run)).is_err());
    assert!(cancel(machine.as_mut()).is_ready());
    drop(machine);
    assert_eq!(log.take(), "");
}

#[test]
fn a_trace_says_where_the_machine_stands() {
    let log = Log::default();
    let mut machine = pin!(echo::echo(Pipe::new(&log, &[3, 0]), &log));
    let mut seen = Vec::new();
    for _ in 0..4 {
        machine
            .as_mut()
            .trace(&mut |frame| seen.push(frame.awaiting));
        let _ = poll(machine.as_mut());
    }
    assert_eq!(
        seen,
        [
            "stream.read(&mut buf)",
            "stream.write_all(part)",
            "stream.read(&mut buf)"
        ]
    );
}

#[test]
fn machines_are_send_if_what_they_hold_is() {
    fn is_send<T: Send + Sync>(_: &T) {}
    let log = Log::default();
    is_send(&echo::echo(Pipe::new(&log, &[]), &log));
    is_send(&counter::counter(1));
    is_send(&method::Account::default().add(1));
}

#[test]
fn a_generator_is_resumed_and_iterated() {
    let mut machine = pin!(counter::counter(2));
    assert_eq!(machine.as_mut().resume(), Resumed::Yielded(1));
    assert_eq!(machine.as_mut().iter().collect::<Vec<_>>(), [2]);
    let mut boxed: Pin<Box<dyn Generator<Yield = u32, Return = &'static str>>> =
        Box::pin(counter::counter(1));
    assert_eq!(Pin::new(&mut boxed).resume(), Resumed::Yielded(1));
    assert_eq!(Pin::new(&mut boxed).resume(), Resumed::Complete("done"));
}

#[test]
fn a_method_borrows_self() {
    let mut account = method::Account::default();
    assert_eq!(*finish(account.add(3)), 3);
    assert_eq!(*finish(account.add(4)), 7);
}

#[test]
fn a_boxed_machine_forwards_cancellation_and_a_borrowed_one_does_not() {
    let log = Log::default();
    let mut machine = Box::pin(echo::echo(Pipe::new(&log, &[3, 0]), &log));
    assert!(poll(machine.as_mut()).is_pending());
    log.take();
    let mut child = machine.as_mut();
    // SAFETY: the place holds a future, alone, and it is `Unpin`.
    let ready = unsafe { costate::__private::Child(&raw mut child).cancel(&mut context()) };
    assert!(ready.is_ready());
    assert_eq!(log.take(), "");
    // SAFETY: as above.
    let ready = unsafe { costate::__private::Child(&raw mut machine).cancel(&mut context()) };
    assert!(ready.is_ready());
    assert_eq!(log.take(), "P");
}
