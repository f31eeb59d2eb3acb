//! Timers. What is asserted is order and "not before", never how long something took.

use costate::time::{Instant, MissedTick, interval, sleep, sleep_until, timeout, timeout_at};
use costate::{Runtime, block_on, spawn_local};
use futures::FutureExt;
use futures::future::{join_all, lazy, pending, poll_fn, ready};
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

const fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

#[test]
fn a_sleep_is_never_early() {
    for duration in [Duration::ZERO, Duration::from_micros(300), ms(1), ms(3)] {
        let start = Instant::now();
        block_on(sleep(duration));
        assert!(start.elapsed() >= duration);
    }
}

#[test]
fn sleeps_end_in_the_order_of_their_deadlines() {
    let log = Rc::new(RefCell::new(Vec::new()));
    let sleeps = |n: u64, start: Instant| {
        let log = Rc::clone(&log);
        sleep_until(start + ms(n)).map(move |()| log.borrow_mut().push(n))
    };
    // Paused, so that none is over before it begins.
    let builder = Runtime::builder().current_thread().start_paused(true);
    let all = |_: &mut Context<'_>| {
        let start = Instant::now();
        join_all([9, 3, 6, 3, 0].map(|n| spawn_local(sleeps(n, start))))
    };
    builder.build().unwrap().block_on(lazy(all).flatten());
    assert_eq!(*log.borrow(), [0, 3, 3, 6, 9]);
}

#[test]
fn a_sleep_can_be_reset_and_used_in_another_runtime() {
    let mut nap = sleep(Duration::from_secs(3600));
    block_on(lazy(|cx| {
        assert!(Pin::new(&mut nap).poll(cx).is_pending());
        nap.reset(Instant::now() + Duration::from_secs(3600));
        assert!(Pin::new(&mut nap).poll(cx).is_pending());
    }));
    // Its entry is still in the first runtime's queue.
    block_on(timeout(ms(1), &mut nap)).unwrap_err();
    nap.reset(Instant::now() + ms(2));
    block_on(&mut nap);
    assert!(nap.is_elapsed());
}

#[test]
fn an_endless_sleep_is_no_error() {
    let endless = sleep(Duration::MAX);
    assert_eq!(endless.deadline(), None);
    assert!(block_on(timeout(ms(1), endless)).is_err());
}

#[test]
fn a_timeout_polls_its_future_first() {
    let past = Instant::now();
    assert_eq!(block_on(timeout_at(past, ready(1))), Ok(1));
    let error = block_on(timeout_at(past, pending::<()>())).unwrap_err();
    assert_eq!(
        std::io::Error::from(error).kind(),
        std::io::ErrorKind::TimedOut
    );
}

#[test]
fn a_future_that_is_late_is_dropped_before_that_is_reported() {
    let held = Rc::new(());
    let theirs = Rc::clone(&held);
    let late = poll_fn(move |_| {
        let _held = &theirs;
        Poll::<()>::Pending
    });
    let mut limited = Box::pin(timeout(ms(1), late));
    assert!(block_on(limited.as_mut()).is_err());
    assert_eq!(Rc::strong_count(&held), 1);
}

#[test]
fn a_timeout_holds_for_a_future_that_uses_up_its_budget() {
    let greedy = poll_fn(|cx| -> Poll<()> {
        loop {
            let mut nap = sleep(Duration::ZERO);
            if Pin::new(&mut nap).poll(cx).is_pending() {
                return Poll::Pending;
            }
        }
    });
    assert!(block_on(timeout(ms(2), greedy)).is_err());
}

#[test]
fn an_interval_ticks_at_multiples_of_its_period() {
    let mut ticks = interval(ms(2));
    ticks.set_missed_tick(MissedTick::Burst);
    let first = block_on(ticks.tick());
    for n in 1..4 {
        assert_eq!(block_on(ticks.tick()) - first, ms(2) * n);
    }
    assert!(first + ms(6) <= Instant::now());
}
