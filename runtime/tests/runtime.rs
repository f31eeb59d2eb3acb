//! Runtimes with several threads, without any, several of them, and their ends.

use costate::sync::{Barrier, Notify, mpsc, oneshot};
use costate::task::yield_now;
use costate::{Handle, Runtime, Task, block_on, spawn, spawn_blocking, spawn_local};
use futures::FutureExt;
use futures::future::{join_all, lazy, pending, poll_fn, ready};
use std::cell::Cell;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::thread::{self, ThreadId};
use std::time::Duration;

const LONG: Duration = Duration::from_secs(3600);

fn threads(n: usize) -> Runtime {
    Runtime::builder().threads(n).build().unwrap()
}

/// Both kinds of runtime, and several threads.
fn each_kind(check: impl Fn(Runtime)) {
    check(Runtime::current_thread().unwrap());
    check(threads(1));
    check(threads(3));
}

/// Sends when it is dropped.
struct OnDrop(Option<oneshot::Sender<ThreadId>>);

impl Drop for OnDrop {
    fn drop(&mut self) {
        if let Some(sender) = self.0.take() {
            let _ = sender.send(thread::current().id());
        }
    }
}

fn on_drop() -> (OnDrop, oneshot::Receiver<ThreadId>) {
    let (sender, receiver) = oneshot::channel();
    (OnDrop(Some(sender)), receiver)
}

fn holds<T>(held: T) -> impl Future<Output = ()> {
    poll_fn(move |_| {
        let _held = &held;
        Poll::Pending
    })
}

#[test]
fn tasks_run_and_spawn_others_on_every_kind() {
    #[costate::coroutine]
    fn tree(depth: u32) -> u32 {
        if depth == 0 {
            return 1;
        }
        let left = spawn(Box::pin(tree_of(depth - 1)));
        let right = spawn(Box::pin(tree_of(depth - 1)));
        yield_now().await;
        let left = left.await;
        let right = right.await;
        left + right
    }
    fn tree_of(depth: u32) -> std::pin::Pin<Box<dyn Future<Output = u32> + Send>> {
        Box::pin(tree(depth))
    }
    each_kind(|runtime| assert_eq!(runtime.block_on(tree(8)), 256));
    each_kind(|runtime| {
        let task = runtime.spawn(tree(6));
        assert_eq!(runtime.block_on(task), 64);
    });
}

#[test]
fn tasks_spread_over_the_workers() {
    let runtime = threads(3);
    // Each of the three waits for the others without suspending: it takes three threads.
    let barrier = Arc::new(std::sync::Barrier::new(3));
    let ids = join_all((0..3).map(|_| {
        let barrier = Arc::clone(&barrier);
        runtime.spawn(lazy(move |_| {
            barrier.wait();
            thread::current().id()
        }))
    }));
    let ids: HashSet<ThreadId> = runtime.block_on(ids).into_iter().collect();
    assert_eq!(ids.len(), 3);
    assert!(!ids.contains(&thread::current().id()));
}

#[test]
fn a_task_that_never_yields_does_not_stop_the_others() {
    let runtime = threads(2);
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let busy = runtime.spawn(lazy(move |_| stopped.recv()));
    // Spawned from within, so that they begin in the queue of one worker.
    let others = runtime
        .spawn(lazy(|_| join_all((0..100).map(|n| spawn(yield_now().map(move |()| n))))).flatten());
    let sum: u32 = runtime.block_on(others).into_iter().sum();
    assert_eq!(sum, 4950);
    stop.send(()).unwrap();
    assert_eq!(runtime.block_on(busy), Ok(()));
}

#[test]
fn local_tasks_stay_on_their_thread_whoever_wakes_them() {
    each_kind(|runtime| {
        #[costate::coroutine]
        fn hop(bell: Arc<Notify>, hops: Rc<Cell<u32>>) {
            let home = thread::current().id();
            for _ in 0..20 {
                let ring = Arc::clone(&bell);
                spawn(lazy(move |_| ring.notify_one())).detach();
                bell.notified().await;
                assert_eq!(thread::current().id(), home);
                hops.set(hops.get() + 1);
            }
        }
        #[costate::coroutine]
        fn both() -> u32 {
            let hops = Rc::new(Cell::new(0));
            let one = spawn_local(hop(Arc::default(), Rc::clone(&hops)));
            let two = spawn_local(hop(Arc::default(), Rc::clone(&hops)));
            one.await;
            two.await;
            hops.get()
        }
        assert_eq!(runtime.block_on(both()), 40);
        // From within a worker, too.
        let within = runtime.spawn(
            lazy(|_| {
                let (sender, receiver) = oneshot::channel();
                spawn_local(both().map(|hops| sender.send(hops).unwrap())).detach();
                receiver
            })
            .flatten(),
        );
        assert_eq!(runtime.block_on(within), Ok(40));
    });
}

#[test]
fn tasks_outlive_a_call_of_block_on_but_local_ones_do_not() {
    each_kind(|runtime| {
        let ((here, dropped), (stays, mut kept)) = (on_drop(), on_drop());
        let task = runtime.block_on(lazy(|_| {
            spawn_local(holds(here)).detach();
            spawn(holds(stays))
        }));
        assert_eq!(dropped.now_or_never().unwrap(), Ok(thread::current().id()));
        assert_eq!(
            runtime.block_on(yield_now().map(|()| kept.try_recv())),
            Err(oneshot::TryRecvError::Empty)
        );
        assert_eq!(runtime.block_on(task.cancel_and_join()), None);
        assert!(kept.try_recv().is_ok());
    });
}

#[test]
fn the_end_cancels_all_and_what_is_spawned_later_is_cancelled() {
    each_kind(|runtime| {
        let handle = runtime.handle().clone();
        let ends: Vec<_> = (0..20)
            .map(|_| {
                let (guard, dropped) = on_drop();
                handle.spawn(holds(guard)).detach();
                dropped
            })
            .collect();
        runtime.shutdown(LONG);
        assert!(
            ends.into_iter()
                .all(|dropped| dropped.now_or_never().unwrap().is_ok())
        );
        let late = handle.spawn(ready(1)).join().now_or_never();
        assert!(late.unwrap().unwrap_err().is_cancelled());
        let late = handle.spawn_blocking(|| 1).join().now_or_never();
        assert!(late.unwrap().unwrap_err().is_cancelled());
    });
}

#[test]
fn a_runtime_that_is_dropped_while_a_task_spawns_without_end_still_ends() {
    fn breeds() -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(lazy(|_| spawn(breeds()).detach()))
    }
    each_kind(|runtime| {
        runtime.spawn(breeds()).detach();
        runtime.block_on(yield_now());
        drop(runtime);
    });
}

#[test]
fn a_panic_stays_in_its_task_and_the_worker_goes_on() {
    each_kind(|runtime| {
        for _ in 0..5 {
            let panics = runtime.spawn(lazy(|_| -> u32 { panic!("on purpose") }));
            assert!(runtime.block_on(panics.join()).unwrap_err().is_panic());
        }
        assert_eq!(runtime.block_on(runtime.spawn(ready(1))), 1);
    });
}

#[test]
fn handles_spawn_from_foreign_threads_and_may_block_there() {
    each_kind(|runtime| {
        let tasks: Vec<Task<usize>> = thread::scope(|scope| {
            let spawns = (0..4).map(|n| {
                let handle = runtime.handle().clone();
                scope.spawn(move || handle.spawn(yield_now().map(move |()| n)))
            });
            let spawns: Vec<_> = spawns.collect();
            spawns
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert_eq!(runtime.block_on(join_all(tasks)), [0, 1, 2, 3]);
        let handle = runtime.handle().clone();
        let there = thread::spawn(move || handle.block_on(lazy(|_| spawn(ready(5))).flatten()));
        assert_eq!(there.join().unwrap(), 5);
    });
}

#[test]
fn two_threads_block_on_one_runtime() {
    each_kind(|runtime| {
        let sums: Vec<u32> = thread::scope(|scope| {
            let blocks = (0..3).map(|n| {
                let runtime = &runtime;
                scope.spawn(move || runtime.block_on(lazy(move |_| spawn(ready(n))).flatten()))
            });
            let blocks: Vec<_> = blocks.collect();
            blocks
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert_eq!(sums, [0, 1, 2]);
    });
}

#[test]
fn a_runtime_may_be_made_used_and_dropped_inside_of_another() {
    each_kind(|outer| {
        let inner = outer.block_on(lazy(|_| {
            let inner = threads(2);
            let task = inner.spawn(ready(3));
            (inner, task)
        }));
        let (inner, task) = inner;
        assert_eq!(outer.block_on(task), 3);
        // Dropped by a task of the other.
        outer.block_on(outer.spawn(lazy(move |_| drop(inner))));
        let nested = outer.block_on(lazy(|_| catch_unwind(|| block_on(ready(1)))));
        assert!(nested.is_err());
    });
}

#[test]
fn a_runtime_that_is_dropped_by_its_own_task_does_not_wait_for_it() {
    let runtime = threads(2);
    let handle = runtime.handle().clone();
    let (done, is_done) = std::sync::mpsc::channel();
    handle
        .spawn(lazy(move |_| {
            drop(runtime);
            done.send(()).unwrap();
        }))
        .detach();
    is_done.recv().unwrap();
}

#[test]
fn blocking_code_runs_elsewhere_and_may_spawn_and_block_on() {
    each_kind(|runtime| {
        let here = thread::current().id();
        let code = move || {
            assert_ne!(thread::current().id(), here);
            let task = Handle::current().spawn(ready(1));
            let one = futures::executor::block_on(task);
            one + costate::block_on(ready(1))
        };
        assert_eq!(
            runtime.block_on(lazy(|_| spawn_blocking(code)).flatten()),
            2
        );
        let panics = runtime.spawn_blocking(|| -> u32 { panic!("on purpose") });
        assert!(runtime.block_on(panics.join()).unwrap_err().is_panic());
    });
}

#[test]
fn blocking_code_that_has_not_begun_is_dropped_when_it_is_cancelled() {
    let runtime = Runtime::builder()
        .threads(1)
        .max_blocking_threads(1)
        .build()
        .unwrap();
    let (begin, begun) = std::sync::mpsc::channel();
    let (end, ends) = std::sync::mpsc::channel::<()>();
    let first = runtime.spawn_blocking(move || {
        begin.send(()).unwrap();
        ends.recv().unwrap();
        7
    });
    begun.recv().unwrap();
    let ran = Arc::new(AtomicUsize::new(0));
    let runs = |ran: &Arc<AtomicUsize>| {
        let ran = Arc::clone(ran);
        runtime.spawn_blocking(move || ran.fetch_add(1, SeqCst))
    };
    drop(runs(&ran));
    let second = runs(&ran);
    second.cancel();
    first.cancel();
    end.send(()).unwrap();
    // What has begun runs to its end, and its result isn't lost.
    assert_eq!(runtime.block_on(first.cancel_and_join()), Some(7));
    assert_eq!(runtime.block_on(second.cancel_and_join()), None);
    assert_eq!(Arc::strong_count(&ran), 1);
    assert_eq!(ran.load(SeqCst), 0);
}

#[test]
fn the_pool_keeps_to_its_limit_and_its_threads_leave() {
    let runtime = Runtime::builder()
        .current_thread()
        .max_blocking_threads(2)
        .blocking_keep_alive(Duration::ZERO)
        .build()
        .unwrap();
    let names = Arc::new(Mutex::new(HashSet::new()));
    let tasks = join_all((0..50).map(|_| {
        let names = Arc::clone(&names);
        runtime.spawn_blocking(move || {
            names.lock().unwrap().insert(thread::current().id());
            thread::current().name().map(str::to_owned)
        })
    }));
    let tasks = runtime.block_on(tasks);
    assert!(
        tasks
            .iter()
            .all(|name| name.as_deref() == Some("costate-blocking"))
    );
    drop(runtime);
    // The pool was joined: nobody else has it.
    assert_eq!(Arc::strong_count(&names), 1);
}

#[test]
fn shutdown_gives_up_what_does_not_clean_up_in_time() {
    each_kind(|runtime| {
        let (guard, dropped) = on_drop();
        let handle = runtime.handle().clone();
        runtime.block_on(lazy(|_| spawn(holds(guard)).detach()));
        runtime.shutdown(Duration::ZERO);
        assert!(dropped.now_or_never().unwrap().is_ok());
        assert!(handle.spawn(pending::<()>()).is_finished());
    });
}

#[test]
fn the_end_is_not_missed_by_a_worker_that_looks_at_the_sockets() {
    for spawned in 0..200 {
        let builder = Runtime::builder();
        let runtime = builder.threads(2).grace(LONG).build().unwrap();
        for _ in 0..spawned {
            runtime.spawn(yield_now()).detach();
        }
        drop(runtime);
    }
}

#[test]
fn many_tasks_meet_at_barriers_and_in_channels() {
    #[costate::coroutine]
    fn worker(barrier: Arc<Barrier>, to: mpsc::Sender<usize>, n: usize) {
        for _ in 0..10 {
            barrier.wait().await;
            let sent = to.send(n).await;
            sent.unwrap();
        }
    }
    #[costate::coroutine]
    fn all() -> usize {
        let barrier = Arc::new(Barrier::new(50));
        let (to, mut from) = mpsc::channel(4);
        for n in 0..50 {
            spawn(worker(Arc::clone(&barrier), to.clone(), n)).detach();
        }
        drop(to);
        let mut sum = 0;
        while let Some(n) = from.recv().await {
            sum += n;
        }
        sum
    }
    each_kind(|runtime| assert_eq!(runtime.block_on(all()), 10 * 1225));
}

#[test]
fn worker_threads_are_named_and_numbered() {
    let runtime = Runtime::builder()
        .threads(1)
        .thread_name("spinner")
        .build()
        .unwrap();
    let name = runtime.spawn(lazy(|_| thread::current().name().map(str::to_owned)));
    assert_eq!(runtime.block_on(name).as_deref(), Some("spinner-0"));
}

#[test]
fn a_thread_that_entered_spawns_and_leaves() {
    each_kind(|runtime| {
        let entered = runtime.handle().enter();
        let task = spawn(ready(1));
        drop(entered);
        assert!(Handle::try_current().is_none());
        assert_eq!(runtime.block_on(task), 1);
        let outside = catch_unwind(AssertUnwindSafe(|| spawn(ready(1)).detach()));
        assert!(outside.is_err());
    });
}

#[test]
fn timers_of_all_workers_end_in_time() {
    each_kind(|runtime| {
        let sleeps = (0..100).map(|n| {
            runtime
                .spawn(lazy(move |_| costate::time::sleep(Duration::from_micros(n * 37))).flatten())
        });
        let sleeps: Vec<_> = sleeps.collect();
        runtime.block_on(join_all(sleeps));
        // A sooner one than what the driver waits for.
        let long = runtime.spawn(lazy(|_| costate::time::sleep(LONG)).flatten());
        runtime.block_on(
            runtime.spawn(lazy(|_| costate::time::sleep(Duration::from_millis(1))).flatten()),
        );
        runtime.block_on(lazy(|_| costate::time::sleep(Duration::from_millis(1))).flatten());
        drop(long);
    });
}
