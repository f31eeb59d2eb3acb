//! Several futures at once: who wins, and what becomes of the others.

use costate::future::{Either, Join, Of3, Race, Select, TryJoin, join, race, select, try_join};
use costate::task::{TaskGroup, scope, yield_now};
use costate::time::{sleep, timeout};
use costate::{Coroutine, Frame, block_on, callback, spawn_local};
use futures::FutureExt;
use futures::future::{lazy, pending, poll_fn, ready};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

type Log = Rc<RefCell<Vec<String>>>;

/// A leaf that never ends by itself, and takes `polls` polls to clean up.
struct Patient(&'static str, Log, u32);

impl Future for Patient {
    type Output = u32;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        self.1.borrow_mut().push(format!("poll {}", self.0));
        Poll::Pending
    }
}

impl Coroutine for Patient {
    fn poll_cancel(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.1.borrow_mut().push(format!("clean {}", self.0));
        if self.2 == 0 {
            return Poll::Ready(());
        }
        self.2 -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }

    fn trace(self: Pin<&mut Self>, visit: &mut dyn FnMut(Frame)) {
        let _ = visit;
    }
}

impl Drop for Patient {
    fn drop(&mut self) {
        self.1.borrow_mut().push(format!("drop {}", self.0));
    }
}

/// A machine that waits for the leaf. Only machines say by themselves that they can be cancelled.
#[costate::coroutine]
fn patient(name: &'static str, log: Log, polls: u32) -> u32 {
    Patient(name, log, polls).await
}

#[costate::coroutine]
fn after_a_turn(log: Log, value: u32) -> u32 {
    yield_now().await;
    log.borrow_mut().push("won".to_owned());
    value
}

/// Runs what `body` makes, notes its output, and gives the log.
fn log_of<F: Future>(body: impl FnOnce(Log) -> F) -> (F::Output, String) {
    let log = Log::default();
    let theirs = Rc::clone(&log);
    let output = block_on(lazy(|_| body(theirs)).flatten());
    log.borrow_mut().push("end".to_owned());
    let log = log.borrow().join(", ");
    (output, log)
}

#[test]
fn losers_have_cleaned_up_before_the_winner_is_handed_on() {
    let (output, log) = log_of(|log| {
        let noted = Rc::clone(&log);
        let race = (patient("a", Rc::clone(&log), 1), after_a_turn(log, 5)).race();
        race.map(move |output| {
            noted.borrow_mut().push("out".to_owned());
            output
        })
    });
    assert_eq!(output, 5);
    assert_eq!(
        log,
        "poll a, poll a, won, clean a, clean a, drop a, out, end"
    );
}

#[test]
fn a_loser_that_was_never_polled_is_dropped_with_nothing_to_clean_up() {
    let (output, log) = log_of(|log| {
        vec![Either::Left(ready(1)), Either::Right(patient("b", log, 3))]
            .into_iter()
            .map(|either| match either {
                Either::Left(ready) => ready.boxed_local(),
                Either::Right(patient) => patient.boxed_local(),
            })
            .collect::<Vec<_>>()
            .race()
    });
    assert_eq!((output, log.as_str()), (1, "end"));
}

#[test]
fn several_losers_clean_up_together() {
    let (output, log) = log_of(|log| {
        let [a, b] = ["a", "b"].map(|name| patient(name, Rc::clone(&log), 1));
        (a, b, after_a_turn(log, 1)).select()
    });
    assert_eq!(output, Of3::Third(1));
    assert!(
        log.ends_with("won, clean a, clean b, clean a, drop a, clean b, drop b, end"),
        "{log}"
    );
}

#[test]
fn the_first_error_cancels_the_others() {
    #[costate::coroutine]
    fn fails() -> Result<u32, &'static str> {
        yield_now().await;
        Err("no")
    }
    #[costate::coroutine]
    fn patiently(log: Log) -> Result<u32, &'static str> {
        let value = patient("a", log, 0).await;
        Ok(value)
    }
    let (output, log) = log_of(|log| (patiently(log), fails(), ready(Ok(1))).try_join());
    assert_eq!(output, Err("no"));
    assert_eq!(log, "poll a, poll a, clean a, drop a, end");
    let good = [ready(Ok::<u32, ()>(1)), ready(Ok(2))];
    assert_eq!(block_on(good.try_join()), Ok([1, 2]));
    assert_eq!(
        block_on(vec![ready(Ok::<u32, u32>(1)), ready(Err(2))].try_join()),
        Err(2)
    );
    assert_eq!(
        block_on(try_join(ready(Ok::<u32, u32>(1)), ready(Ok(2)))),
        Ok((1, 2))
    );
}

#[test]
fn timeout_waits_for_the_clean_up_of_what_is_late() {
    let (output, log) = log_of(|log| timeout(Duration::ZERO, patient("a", log, 2)));
    assert!(output.is_err());
    assert_eq!(log, "poll a, clean a, clean a, clean a, drop a, end");
}

#[test]
fn cancelling_a_combination_cancels_all_branches() {
    let (output, log) = log_of(|log| {
        let both = (patient("a", Rc::clone(&log), 0), patient("b", log, 1)).join();
        lazy(|_| spawn_local(both)).then(|task| yield_now().then(|()| task.cancel_and_join()))
    });
    assert_eq!(output, None);
    assert_eq!(
        log,
        "poll a, poll b, clean a, drop a, clean b, clean b, drop b, end"
    );
}

#[test]
fn a_task_that_is_a_machine_cleans_up_when_its_handle_is_dropped() {
    let (_, log) = log_of(|log| {
        lazy(|_| spawn_local(patient("a", log, 1)))
            .then(|task| yield_now().map(|()| drop(task)).then(|()| yield_now()))
    });
    assert_eq!(log, "poll a, clean a, clean a, drop a, end");
}

#[test]
fn a_combination_in_a_combination_is_cancelled_through_both() {
    let (output, log) = log_of(|log| {
        let inner = (patient("a", Rc::clone(&log), 0), pending()).race();
        (
            timeout(Duration::from_secs(3600), inner),
            after_a_turn(log, 1),
        )
            .select()
    });
    assert_eq!(output, Either::Right(1));
    assert_eq!(log, "poll a, poll a, won, clean a, drop a, end");
}

#[test]
fn outputs_come_in_the_order_of_the_futures() {
    let slow = || sleep(Duration::from_millis(1)).map(|()| 1);
    assert_eq!(
        block_on((slow(), ready("b"), lazy(|_| 'c')).join()),
        (1, "b", 'c')
    );
    assert_eq!(block_on([slow().boxed(), ready(2).boxed()].join()), [1, 2]);
    assert_eq!(
        block_on(vec![slow().boxed(), ready(2).boxed()].join()),
        [1, 2]
    );
    assert_eq!(block_on(Vec::<std::future::Ready<()>>::new().join()), []);
    assert_eq!(block_on(join(ready(1), ready(2))), (1, 2));
    assert_eq!(block_on(race(ready(1), pending())), 1);
    assert_eq!(
        block_on(select(pending::<()>(), ready(2))),
        Either::Right(2)
    );
    assert_eq!(
        block_on([pending().boxed(), ready(2).boxed()].select()),
        (1, 2)
    );
    assert_eq!(Either::<u32, u32>::Left(3).into_inner(), 3);
}

#[test]
fn a_combination_of_senders_is_one() {
    fn is_send<T: Send>(_: &T) {}
    is_send(&(yield_now(), sleep(Duration::ZERO)).join());
    is_send(&vec![yield_now()].race());
    is_send(&timeout(Duration::ZERO, yield_now()));
}

#[test]
fn a_group_gives_outcomes_in_the_order_of_the_ends() {
    #[costate::coroutine]
    fn all() -> Vec<u64> {
        let mut group = TaskGroup::new();
        for n in [9, 0, 3] {
            group.spawn(sleep(Duration::from_millis(n)).map(move |()| n));
        }
        let mut ends = Vec::new();
        while let Some(end) = group.next().await {
            ends.push(end.unwrap());
        }
        ends
    }
    assert_eq!(block_on(all()), [0, 3, 9]);
}

#[test]
fn a_group_reports_panics_and_cancels_its_members_with_itself() {
    let held = Rc::new(());
    #[costate::coroutine]
    fn members(held: Rc<()>) -> (bool, usize) {
        let mut group = TaskGroup::new();
        group.spawn_local(lazy(|_| panic!("on purpose")));
        let theirs = Rc::clone(&held);
        group.spawn_local(poll_fn(move |_| {
            let _held = &theirs;
            Poll::<()>::Pending
        }));
        let first = group.next().await;
        let panicked = first.unwrap().unwrap_err().is_panic();
        group.cancel_all();
        let second = group.next().await;
        assert!(second.unwrap().unwrap_err().is_cancelled());
        let none = group.next().await;
        assert!(none.is_none());
        group.spawn_local(pending().map(move |()| drop(held)));
        let left = group.len();
        group.cancel_and_join().await;
        (panicked, left)
    }
    assert_eq!(block_on(members(Rc::clone(&held))), (true, 1));
    assert_eq!(Rc::strong_count(&held), 1);
}

#[test]
fn a_scope_waits_for_children_that_borrow() {
    #[costate::coroutine]
    fn add(sum: &AtomicU32, n: u32) -> u32 {
        yield_now().await;
        sum.fetch_add(n, SeqCst) + n
    }
    let total = AtomicU32::new(0);
    let sum = &total;
    let out = block_on(scope(|scope| {
        let one = scope.spawn(add(sum, 1));
        scope.spawn(add(sum, 2));
        let inner = scope.clone();
        scope.spawn(lazy(move |_| drop(inner.spawn(add(sum, 3)))));
        one
    }));
    assert_eq!(out, 1);
    assert_eq!(total.into_inner(), 6);
}

#[test]
fn a_scope_is_cancelled_with_its_children_and_what_escapes_it_is_harmless() {
    let mut escaped = None;
    let dropped = Arc::new(());
    {
        let mut scoped = pin!(scope(|scope| {
            escaped = Some(scope.clone());
            scope.spawn(pending::<()>().map({
                let held = Arc::clone(&dropped);
                move |()| drop(held)
            }));
            pending::<()>()
        }));
        let mut cx = Context::from_waker(Waker::noop());
        assert!(scoped.as_mut().poll(&mut cx).is_pending());
        assert_eq!(Arc::strong_count(&dropped), 2);
        assert!(scoped.as_mut().poll_cancel(&mut cx).is_ready());
        assert_eq!(Arc::strong_count(&dropped), 1);
    }
    let late = escaped.unwrap().spawn(ready(1));
    assert!(catch_unwind(AssertUnwindSafe(|| late.now_or_never())).is_err());
}

#[test]
fn a_callback_resumes_from_any_thread_at_once_or_never() {
    let later = callback(|resume| {
        thread::spawn(move || resume(7));
    });
    assert_eq!(block_on(later), 7);
    assert_eq!(callback(|resume| resume(8)).now_or_never(), Some(8));
    let lost = catch_unwind(|| callback::<u32, _>(drop).now_or_never());
    assert!(lost.is_err());
    let kept = Cell::new(None);
    {
        let mut waits = pin!(callback(|resume| kept.set(Some(resume))));
        assert!(
            waits
                .as_mut()
                .poll(&mut Context::from_waker(Waker::noop()))
                .is_pending()
        );
    }
    // Nobody waits any more.
    kept.take().unwrap()(9);
}
