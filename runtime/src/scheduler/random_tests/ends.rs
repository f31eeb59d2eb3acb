//! Cancellation and shutdown at any moment.

use super::{Alive, LONG, each_kind, runtime, schedules, some_workers};
use crate::Task;
use crate::sync::{Notify, oneshot};
use crate::task::{TaskGroup, yield_now};
use crate::time::{Duration, sleep};
use crate::{Handle, spawn, spawn_local};
use shuttle::thread;
use std::future::pending;
use std::sync::Arc;

/// Waits for two rings, and is told how far it came by what is dropped.
#[costate::coroutine]
fn waits(alive: Alive, bell: Arc<Notify>) -> u32 {
    let _here = alive.enter();
    bell.notified().await;
    yield_now().await;
    bell.notified().await;
    2
}

#[test]
fn a_task_that_is_cancelled_while_it_is_woken_is_dropped_once() {
    each_kind(|runtime| {
        let alive = Alive::default();
        let bell = Arc::new(Notify::new());
        let [kept, dropped] =
            [(); 2].map(|()| runtime.spawn(waits(alive.clone(), Arc::clone(&bell))));
        let rings = thread::spawn(move || (0..4).for_each(|_| bell.notify_one()));
        let drops = thread::spawn(move || drop(dropped));
        let output = runtime.block_on(kept.cancel_and_join());
        assert!(matches!(output, None | Some(2)), "{output:?}");
        rings.join().unwrap();
        drops.join().unwrap();
        // The one whose handle was dropped ends by itself.
        runtime.block_on(gone(alive));
    });
}

#[costate::coroutine]
fn gone(alive: Alive) {
    // The clock goes on when nobody has anything to do.
    sleep(Duration::from_secs(1)).await;
    assert_eq!(alive.count(), 0);
}

#[test]
fn clean_up_that_awaits_ends_before_the_joiner_is_told() {
    #[costate::coroutine]
    fn cleans_up(alive: Alive, bell: Arc<Notify>) {
        let here = alive.enter();
        defer! {
            yield_now().await;
            bell.notified().await;
            drop(here);
        }
        pending::<()>().await;
    }
    each_kind(|runtime| {
        let alive = Alive::default();
        let bell = Arc::new(Notify::new());
        let task = runtime.spawn(cleans_up(alive.clone(), Arc::clone(&bell)));
        let rings = thread::spawn(move || bell.notify_one());
        assert_eq!(runtime.block_on(task.cancel_and_join()), None);
        assert_eq!(alive.count(), 0);
        rings.join().unwrap();
    });
}

/// Spawns without end.
#[costate::coroutine]
fn breeds(alive: Alive) {
    let mut group = TaskGroup::new();
    loop {
        let bell = Arc::new(Notify::new());
        group.spawn(waits(alive.clone(), Arc::clone(&bell)));
        let _local = spawn_local(waits(alive.clone(), bell));
        // Who spins has to let the others get on, also one with a higher priority.
        thread::yield_now();
        yield_now().await;
    }
}

#[test]
fn the_end_finds_every_task_also_those_that_are_being_spawned() {
    // With one that breeds on the caller's thread the end would be the caller's.
    for threads in 1..4 {
        schedules(move || {
            let runtime = runtime(threads);
            let alive = Alive::default();
            runtime.spawn(breeds(alive.clone())).detach();
            let handle = runtime.handle().clone();
            let from_outside = thread::spawn({
                let alive = alive.clone();
                move || spawns_from_outside(&handle, &alive)
            });
            runtime.shutdown(LONG);
            from_outside.join().unwrap();
            assert_eq!(alive.count(), 0);
        });
    }
}

fn spawns_from_outside(handle: &Handle, alive: &Alive) {
    for _ in 0..3 {
        let bell = Arc::new(Notify::new());
        handle.spawn(waits(alive.clone(), bell)).detach();
    }
}

#[test]
fn the_end_without_grace_drops_what_does_not_clean_up() {
    #[costate::coroutine]
    fn lingers(alive: Alive) {
        let _here = alive.enter();
        defer! {
            pending::<()>().await;
        }
        pending::<()>().await;
    }
    for threads in 1..4 {
        schedules(move || {
            let runtime = runtime(threads);
            let alive = Alive::default();
            for _ in 0..2 {
                runtime.spawn(lingers(alive.clone())).detach();
            }
            runtime.shutdown(Duration::ZERO);
            assert_eq!(alive.count(), 0);
        });
    }
}

#[test]
fn a_task_may_join_another_that_panics_or_is_cancelled() {
    #[costate::coroutine]
    fn panics() {
        yield_now().await;
        // Without the hook, which would take it for a failure.
        std::panic::resume_unwind(Box::new("in a task"));
    }
    #[costate::coroutine]
    fn body(alive: Alive) {
        let panicked = spawn(panics());
        let bell = Arc::new(Notify::new());
        let cancelled: Task<u32> = spawn(waits(alive, bell));
        let (tell, told) = oneshot::channel();
        let joins = spawn(joins(cancelled, tell));
        assert!(panicked.join().await.unwrap_err().is_panic());
        let _ = told.await;
        assert!(joins.await);
    }
    #[costate::coroutine]
    fn joins(task: Task<u32>, tell: oneshot::Sender<()>) -> bool {
        task.cancel();
        let _ = tell.send(());
        task.join().await.is_err()
    }
    some_workers(|runtime| {
        let alive = Alive::default();
        runtime.block_on(body(alive.clone()));
        assert_eq!(alive.count(), 0);
    });
}
