//! The whole scheduler under random schedules: `RUSTFLAGS="--cfg shuttle" cargo test -p costate --release --lib random_tests`.
//!
//! Shuttle runs all threads on one and chooses at every atomic operation and lock who goes on, so a seed says all that happens. The
//! clock is paused and the reactor simulated; the queues of `st3` are passed in one step. That nothing goes on is a deadlock, which shuttle
//! reports; no wait has a limit here, so what only a limit would end is found.
//!
//! `COSTATE_SCHEDULES` says how many schedules each test has; `COSTATE_SEED` which they are, as a failure has printed it. Half
//! of them choose anew at each step, half change but a few times who has the highest priority.

use crate::sync::{mpsc, oneshot};
use crate::task::yield_now;
use crate::time::{Duration, Instant, sleep};
use crate::{Runtime, spawn, spawn_blocking, spawn_local};
use shuttle::scheduler::{PctScheduler, RandomScheduler, Scheduler};
use shuttle::sync::Mutex;
use shuttle::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use shuttle::{Config, Runner, thread};
use std::collections::hash_map::RandomState;
use std::future::Future;
use std::hash::{BuildHasher, Hasher};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

mod ends;
mod programs;
mod sources;

const LONG: Duration = Duration::from_secs(3600);

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn schedules(body: impl Fn() + Clone + Send + Sync + 'static) {
    let some = number("COSTATE_SCHEDULES").unwrap_or(200);
    let some = usize::try_from(some).expect("it is a number of schedules");
    let seed = number("COSTATE_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    println!("COSTATE_SEED={seed} COSTATE_SCHEDULES={some}");
    run(RandomScheduler::new_from_seed(seed, some / 2), body.clone());
    run(PctScheduler::new_from_seed(seed, 3, some / 2), body);
}

fn run(scheduler: impl Scheduler + 'static, body: impl Fn() + Send + Sync + 'static) {
    let mut config = Config::new();
    config.stack_size = 1 << 19;
    config.silence_warnings = true;
    Runner::new(scheduler, config).run(body);
}

/// Runtimes of every kind, made anew for each schedule. They have ended after it.
fn each_kind(body: fn(&Runtime)) {
    schedules(move || body(&runtime(0)));
    some_workers(body);
}

/// As [`each_kind`], for what takes no other thread than those of the runtime.
fn some_workers(body: fn(&Runtime)) {
    for threads in 1..4 {
        schedules(move || body(&runtime(threads)));
    }
}

/// With so many workers. 0: without threads of its own.
fn runtime(threads: usize) -> Runtime {
    let builder = Runtime::builder().start_paused(true).grace(LONG);
    let builder = match threads {
        0 => builder.current_thread(),
        some => builder.threads(some),
    };
    builder.build().unwrap()
}

/// Counts those that are there.
#[derive(Clone, Default)]
struct Alive(Arc<AtomicUsize>);

struct Here(Alive);

impl Alive {
    fn enter(&self) -> Here {
        self.0.fetch_add(1, SeqCst);
        Here(self.clone())
    }

    fn count(&self) -> usize {
        self.0.load(SeqCst)
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, SeqCst);
    }
}

type Boxed<T> = Pin<Box<dyn Future<Output = T> + Send>>;

#[test]
fn tasks_that_spawn_tasks_are_all_run() {
    #[costate::coroutine]
    fn tree(depth: u32) -> u32 {
        if depth == 0 {
            yield_now().await;
            return 1;
        }
        let [left, right] = [depth - 1, depth - 1].map(|depth| spawn(boxed(depth)));
        let left = left.await;
        left + right.await
    }
    fn boxed(depth: u32) -> Boxed<u32> {
        Box::pin(tree(depth))
    }
    some_workers(|runtime| assert_eq!(runtime.block_on(runtime.spawn(tree(3))), 8));
}

#[test]
fn wakes_from_other_threads_reach_workers_that_go_to_sleep() {
    #[costate::coroutine]
    fn sums(mut from: mpsc::Receiver<u32>) -> u32 {
        let mut sum = 0;
        while let Some(value) = from.recv().await {
            sum += value;
        }
        sum
    }
    each_kind(|runtime| {
        let (to, from) = mpsc::channel(1);
        let task = runtime.spawn(sums(from));
        let threads = [1, 10].map(|value| {
            let to = to.clone();
            thread::spawn(move || (0..3).for_each(|_| to.blocking_send(value).unwrap()))
        });
        drop(to);
        assert_eq!(runtime.block_on(task), 33);
        threads
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    });
}

#[test]
fn local_tasks_are_run_by_their_thread_whoever_wakes_them() {
    #[costate::coroutine]
    fn receives(mut from: mpsc::Receiver<u32>, here: Rc<()>) -> usize {
        let home = thread::current().id();
        let mut count = 0;
        while from.recv().await.is_some() {
            assert_eq!(thread::current().id(), home);
            count += Rc::strong_count(&here);
        }
        count
    }
    #[costate::coroutine]
    fn sends(to: mpsc::Sender<u32>) {
        for n in 0..3 {
            to.send(n).await.unwrap();
            yield_now().await;
        }
    }
    #[costate::coroutine]
    fn both() -> usize {
        let (to, from) = mpsc::channel(1);
        let local = spawn_local(receives(from, Rc::new(())));
        let other = spawn(sends(to));
        other.await;
        local.await
    }
    some_workers(|runtime| assert_eq!(runtime.block_on(both()), 3));
}

#[test]
fn sleeps_end_in_order_and_the_clock_goes_on_when_all_sleep() {
    #[costate::coroutine]
    fn sleeps(log: Arc<Mutex<Vec<u64>>>, seconds: u64) {
        sleep(Duration::from_secs(seconds)).await;
        log.lock().unwrap().push(seconds);
    }
    #[costate::coroutine]
    fn all() -> Vec<u64> {
        let log = Arc::new(Mutex::new(Vec::new()));
        let begun = Instant::now();
        let tasks = [30, 10, 20].map(|seconds| spawn(sleeps(Arc::clone(&log), seconds)));
        let late = spawn(sleeps(Arc::clone(&log), 3000));
        for task in tasks {
            task.await;
        }
        drop(late);
        assert_eq!(begun.elapsed(), Duration::from_secs(30));
        std::mem::take(&mut *log.lock().unwrap())
    }
    some_workers(|runtime| assert_eq!(runtime.block_on(all()), [10, 20, 30]));
}

#[test]
fn the_clock_stands_while_anybody_is_awake() {
    #[costate::coroutine]
    fn passes_on(mut from: mpsc::Receiver<u32>, to: mpsc::Sender<u32>) {
        while let Some(value) = from.recv().await {
            let _ = to.send(value + 1).await;
        }
    }
    #[costate::coroutine]
    fn ring() {
        let _late = spawn(sleep(Duration::from_secs(3000)));
        let (first, mut from) = mpsc::channel(1);
        let mut to = first;
        for _ in 0..3 {
            let (before, received) = mpsc::channel(1);
            spawn(passes_on(received, to)).detach();
            to = before;
        }
        let begun = Instant::now();
        for n in 0..3 {
            to.send(10 * n).await.unwrap();
            assert_eq!(from.recv().await, Some(10 * n + 3));
        }
        assert_eq!(begun.elapsed(), Duration::ZERO);
    }
    some_workers(|runtime| runtime.block_on(ring()));
}

#[test]
fn a_timer_that_a_foreign_thread_sets_ends_the_sleep_of_the_driver() {
    each_kind(|runtime| {
        let handle = runtime.handle().clone();
        let (tell, told) = oneshot::channel();
        let foreign = thread::spawn(move || {
            let entered = handle.enter();
            let mut nap = sleep(Duration::from_secs(1));
            let waker = Waker::from(Arc::new(Unparks(thread::current())));
            let mut cx = Context::from_waker(&waker);
            while Pin::new(&mut nap).poll(&mut cx).is_pending() {
                thread::park();
            }
            drop(entered);
            tell.send(()).unwrap();
        });
        runtime.block_on(told).unwrap();
        foreign.join().unwrap();
    });
}

struct Unparks(thread::Thread);

impl Wake for Unparks {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[test]
fn blocking_code_ends_before_the_clock_goes_on_or_never_begins() {
    #[costate::coroutine]
    fn body(alive: Alive) {
        let begun = Instant::now();
        let here = alive.enter();
        let some = spawn_blocking(move || drop(here));
        let here = alive.enter();
        let cancelled = spawn_blocking(move || {
            drop(here);
            1
        });
        cancelled.cancel();
        some.await;
        let output = cancelled.join().await;
        assert!(matches!(output, Ok(1)) || output.unwrap_err().is_cancelled());
        assert_eq!(begun.elapsed(), Duration::ZERO);
        sleep(Duration::from_secs(1)).await;
        assert_eq!(alive.count(), 0);
    }
    each_kind(|runtime| runtime.block_on(body(Alive::default())));
}
