//! A task's life, from its handle's point of view.

use costate::task::yield_now;
use costate::{Task, block_on, spawn, spawn_local};
use futures::FutureExt;
use futures::future::{join, lazy, poll_fn, ready};
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

/// Counts how often its guards were dropped, and remembers on which thread.
#[derive(Clone, Default)]
struct Drops(Arc<(AtomicUsize, Mutex<Option<thread::ThreadId>>)>);

struct Guard(Drops);

impl Drop for Guard {
    fn drop(&mut self) {
        let (count, thread) = &*self.0.0;
        count.fetch_add(1, SeqCst);
        *thread.lock().unwrap() = Some(thread::current().id());
    }
}

impl Drops {
    fn guard(&self) -> Guard {
        Guard(self.clone())
    }

    fn count(&self) -> usize {
        self.0.0.load(SeqCst)
    }
}

/// A body that is never ready and holds a guard.
fn idle(drops: &Drops) -> impl Future<Output = u32> + Send + use<> {
    let guard = drops.guard();
    poll_fn(move |_| {
        let _held = &guard;
        Poll::Pending
    })
}

fn message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("?")
}

/// Does `then` with a task after it has run once.
fn with_task<F, D>(body: F, then: impl FnOnce(Task<F::Output>) -> D) -> D::Output
where
    F: Future + 'static,
    F::Output: 'static,
    D: Future,
{
    let spawned = lazy(|_| spawn_local(body));
    block_on(spawned.then(|task| yield_now().then(|()| then(task))))
}

/// Runs a body that has its own handle, and gives the handle back, if it is still there.
fn with_own_handle<T: 'static>(
    mut step: impl FnMut(&RefCell<Option<Task<T>>>) -> Poll<T> + 'static,
) -> Option<Task<T>> {
    let own: Rc<RefCell<Option<Task<T>>>> = Rc::default();
    let theirs = Rc::clone(&own);
    let body = poll_fn(move |_| step(&theirs));
    let start = lazy(|_| *own.borrow_mut() = Some(spawn_local(body)));
    block_on(start.then(|()| yield_now()).then(|()| yield_now()));
    own.take()
}

#[test]
fn a_task_gives_its_output_to_whoever_awaits_it() {
    assert_eq!(block_on(lazy(|_| spawn(ready(42))).flatten()), 42);
    let both = lazy(|_| (spawn(yield_now()), spawn(ready(7))));
    assert_eq!(block_on(both.then(|(a, b)| join(a, b))), ((), 7));
}

#[test]
fn dropping_the_handle_cancels_an_idle_task() {
    let drops = Drops::default();
    let seen = with_task(idle(&drops), |task| {
        drop(task);
        yield_now().map(|()| drops.count())
    });
    assert_eq!(seen, 1);
}

#[test]
fn a_detached_task_runs_on() {
    let drops = Drops::default();
    let seen = with_task(idle(&drops), |task| {
        task.detach();
        yield_now().map(|()| drops.count())
    });
    assert_eq!((seen, drops.count()), (0, 1));
}

#[test]
fn a_task_that_is_cancelled_before_its_first_poll_never_runs() {
    let (drops, polls) = (Drops::default(), Rc::new(Cell::new(0)));
    let (guard, counted) = (drops.guard(), Rc::clone(&polls));
    let body = poll_fn(move |_| {
        let _held = &guard;
        counted.set(counted.get() + 1);
        Poll::Ready(())
    });
    let outcome = block_on(lazy(|_| spawn_local(body)).then(Task::cancel_and_join));
    assert_eq!((outcome, polls.get(), drops.count()), (None, 0, 1));
}

#[test]
fn a_cancel_while_running_takes_effect_at_the_next_suspension() {
    let mut polls = 0;
    let task = with_own_handle(move |own| {
        polls += 1;
        assert_eq!(polls, 1);
        own.borrow().as_ref().unwrap().cancel();
        Poll::<()>::Pending
    });
    let joined = task.unwrap().join().now_or_never().expect("it has ended");
    assert!(joined.unwrap_err().is_cancelled());
}

#[test]
fn a_task_that_ends_while_it_is_being_cancelled_keeps_its_output() {
    let task = with_own_handle(|own| {
        own.borrow().as_ref().unwrap().cancel();
        Poll::Ready(3)
    });
    assert_eq!(task.unwrap().now_or_never(), Some(3));
}

#[test]
fn the_handle_may_be_dropped_inside_of_its_task() {
    let drops = Drops::default();
    let guard = drops.guard();
    let task = with_own_handle(move |own| {
        let _held = &guard;
        own.take();
        Poll::<()>::Pending
    });
    assert!(task.is_none());
    assert_eq!(drops.count(), 1);
}

#[test]
fn a_cancel_after_completion_keeps_the_output() {
    let outcome = with_task(ready(5), |task| {
        assert!(task.is_finished());
        task.cancel();
        task.cancel_and_join()
    });
    assert_eq!(outcome, Some(5));
}

#[test]
fn a_task_is_finished_only_when_it_is_gone() {
    let drops = Drops::default();
    with_task(idle(&drops), |task| {
        task.cancel();
        assert!(!task.is_finished());
        assert_eq!(drops.count(), 0);
        yield_now().map(move |()| assert!(task.is_finished()))
    });
    assert_eq!(drops.count(), 1);
}

#[test]
fn an_output_is_dropped_once_whoever_has_it() {
    let drops = Drops::default();
    with_task(ready(drops.guard()), |task| lazy(|_| drop(task)));
    assert_eq!(drops.count(), 1);
    with_task(ready(drops.guard()), |task| lazy(|_| task.detach()));
    assert_eq!(drops.count(), 2);
    block_on(lazy(|_| spawn(ready(drops.guard())).detach()).then(|()| yield_now()));
    assert_eq!(drops.count(), 3);
    drop(with_task(ready(drops.guard()), |task| task));
    assert_eq!(drops.count(), 4);
}

#[test]
fn a_panic_stays_in_its_task_until_it_is_awaited() {
    let panics = || lazy(|_| -> u32 { panic!("oh {}", "dear") });
    let error = with_task(panics(), Task::join).unwrap_err();
    assert!(error.is_panic() && !error.is_cancelled());
    assert_eq!(error.to_string(), "the task panicked: oh dear");
    assert_eq!(message(&*error.into_panic().unwrap()), "oh dear");

    let thrown = catch_unwind(|| with_task(panics(), |task| task)).unwrap_err();
    assert_eq!(message(&*thrown), "oh dear");
    let thrown = catch_unwind(|| with_task(panics(), Task::cancel_and_join)).unwrap_err();
    assert_eq!(message(&*thrown), "oh dear");
    with_task(panics(), |task| lazy(|_| task.detach()));
}

#[test]
fn awaiting_a_cancelled_task_panics_and_joining_it_reports_it() {
    let drops = Drops::default();
    let join = |task: Task<u32>| {
        task.cancel();
        task.join()
    };
    let error = with_task(idle(&drops), join).unwrap_err();
    assert!(error.is_cancelled() && error.into_panic().is_err());
    let awaits = |task: Task<u32>| {
        task.cancel();
        task
    };
    let thrown = catch_unwind(AssertUnwindSafe(|| with_task(idle(&drops), awaits))).unwrap_err();
    assert_eq!(message(&*thrown), "the awaited task was cancelled");
}

#[test]
fn a_panic_in_a_drop_is_contained() {
    struct Bad;
    impl Drop for Bad {
        fn drop(&mut self) {
            panic!("in a drop");
        }
    }
    let bad = Bad;
    let body = poll_fn(move |_| {
        let _held = &bad;
        Poll::<()>::Pending
    });
    assert_eq!(with_task(body, Task::cancel_and_join), None);
    // An output that nobody wants.
    block_on(lazy(|_| spawn(lazy(|_| Bad)).detach()).then(|()| yield_now()));
}

#[test]
fn the_end_of_the_runtime_cancels_what_is_left() {
    let drops = Drops::default();
    block_on(lazy(|_| {
        spawn(idle(&drops)).detach();
        spawn(idle(&drops)).detach();
    }));
    assert_eq!(drops.count(), 2);
}

#[test]
fn a_task_spawned_while_the_runtime_ends_is_cancelled() {
    struct Spawns(Drops, Rc<RefCell<Option<Task<u32>>>>);
    impl Drop for Spawns {
        fn drop(&mut self) {
            *self.1.borrow_mut() = Some(spawn(idle(&self.0)));
        }
    }
    let (drops, late) = (Drops::default(), Rc::default());
    let spawns = Spawns(drops.clone(), Rc::clone(&late));
    let body = poll_fn(move |_| {
        let _held = &spawns;
        Poll::<()>::Pending
    });
    block_on(lazy(|_| spawn_local(body).detach()).then(|()| yield_now()));
    assert_eq!(drops.count(), 1);
    let late = late.take().expect("it was spawned");
    assert!(late.is_finished());
    assert!(
        late.join()
            .now_or_never()
            .unwrap()
            .unwrap_err()
            .is_cancelled()
    );
}

#[test]
fn a_panic_of_the_main_future_ends_the_runtime_and_goes_on() {
    let drops = Drops::default();
    let main = lazy(|_| spawn(idle(&drops)).detach()).map(|()| -> u32 { panic!("main") });
    let thrown = catch_unwind(AssertUnwindSafe(|| block_on(main))).unwrap_err();
    assert_eq!((message(&*thrown), drops.count()), ("main", 1));
    // The thread is free for another runtime.
    assert_eq!(block_on(ready(1)), 1);
}

#[test]
fn nesting_and_spawning_outside_are_errors_that_say_so() {
    let thrown = catch_unwind(|| block_on(lazy(|_| block_on(ready(1))))).unwrap_err();
    assert!(
        message(&*thrown).contains("inside of a runtime"),
        "{}",
        message(&*thrown)
    );
    let thrown = catch_unwind(|| spawn(ready(1)).detach()).unwrap_err();
    assert!(
        message(&*thrown).contains("no costate runtime"),
        "{}",
        message(&*thrown)
    );
}

/// A body that gives its waker away and isn't ready, and where the waker is then.
fn gives_its_waker(drops: &Drops) -> (impl Future<Output = ()> + use<>, Arc<Mutex<Option<Waker>>>) {
    let waker: Arc<Mutex<Option<Waker>>> = Arc::default();
    let (theirs, guard) = (Arc::clone(&waker), drops.guard());
    let body = poll_fn(move |cx| {
        let _held = &guard;
        *theirs.lock().unwrap() = Some(cx.waker().clone());
        Poll::Pending
    });
    (body, waker)
}

#[test]
fn a_local_task_is_dropped_on_its_own_thread() {
    let drops = Drops::default();
    let (body, waker) = gives_its_waker(&drops);
    with_task(body, |task| {
        thread::spawn(move || drop((task, waker))).join().unwrap();
        yield_now()
    });
    assert_eq!(*drops.0.1.lock().unwrap(), Some(thread::current().id()));
}

#[test]
fn a_wake_after_death_is_harmless() {
    let (body, waker) = gives_its_waker(&Drops::default());
    assert_eq!(with_task(body, Task::cancel_and_join), None);
    let waker = waker.lock().unwrap().take().unwrap();
    waker.wake_by_ref();
    thread::spawn(move || waker.wake()).join().unwrap();
}

#[test]
fn wakes_from_other_threads_reach_a_worker_that_sleeps() {
    /// Ready after `left` wakes, each by another thread.
    fn rounds(mut left: usize) -> impl Future<Output = ()> + Send + 'static {
        poll_fn(move |cx| {
            if left == 0 {
                return Poll::Ready(());
            }
            left -= 1;
            let waker = cx.waker().clone();
            thread::spawn(move || waker.wake());
            Poll::Pending
        })
    }
    block_on(lazy(|_| (spawn(rounds(50)), spawn(rounds(50)))).then(|(a, b)| join(a, b)));
    block_on(rounds(50));
}

#[test]
fn a_waker_that_panics_does_not_take_the_runtime_down() {
    struct Bad(AtomicUsize);
    impl Wake for Bad {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, SeqCst);
            panic!("in a waker");
        }
    }
    let bad = Arc::new(Bad(AtomicUsize::new(0)));
    let joined = lazy(|_| {
        let mut task = spawn(yield_now());
        let waker = Waker::from(Arc::clone(&bad));
        assert!(
            Pin::new(&mut task)
                .poll(&mut Context::from_waker(&waker))
                .is_pending()
        );
        task
    });
    let rounds = || yield_now().then(|()| yield_now()).then(|()| yield_now());
    let finished = block_on(joined.then(|task| rounds().map(move |()| task.is_finished())));
    assert_eq!((finished, bad.0.load(SeqCst)), (true, 1));
}

#[test]
fn a_task_that_is_always_ready_lets_the_others_run() {
    let other = Rc::new(Cell::new(false));
    let seen = Rc::clone(&other);
    let busy = poll_fn(move |cx| {
        if seen.get() {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    });
    let start = lazy(|_| {
        (
            spawn_local(busy),
            spawn_local(lazy(move |_| other.set(true))),
        )
    });
    block_on(start.then(|(busy, other)| join(busy, other)));
}

#[test]
fn two_runtimes_run_side_by_side_and_wake_each_other() {
    let (to, from) = futures::channel::oneshot::channel::<u32>();
    let (back, answer) = futures::channel::oneshot::channel();
    let answers = from.map(|n| back.send(n.unwrap() + 1).unwrap());
    let other = thread::spawn(move || block_on(answers));
    let asked = block_on(lazy(|_| to.send(1).unwrap()).then(|()| answer));
    assert_eq!(asked, Ok(2));
    other.join().unwrap();
}

#[test]
fn a_handle_can_be_awaited_in_another_runtime() {
    let (to, from) = std::sync::mpsc::channel();
    let (end, ended) = futures::channel::oneshot::channel::<()>();
    let start = lazy(move |_| to.send(spawn(yield_now().map(|()| 9))).unwrap());
    let home = thread::spawn(move || block_on(start.then(|()| ended)));
    assert_eq!(block_on(from.recv().unwrap()), 9);
    end.send(()).unwrap();
    assert_eq!(home.join().unwrap(), Ok(()));
}

#[test]
fn the_joiner_may_change() {
    let drops = Drops::default();
    let joined = with_task(idle(&drops), |mut task| {
        let noop = Pin::new(&mut task).poll(&mut Context::from_waker(Waker::noop()));
        assert!(noop.is_pending());
        task.cancel();
        task.join()
    });
    assert!(joined.unwrap_err().is_cancelled());
}
