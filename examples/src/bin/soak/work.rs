//! Random work: tasks that wait, wake each other, spawn others, panic, and are given up at any moment.

use crate::sockets::{self, Server};
use costate::future::{Join, Race, Select};
use costate::sync::{Mutex, Notify, mpsc, watch};
use costate::task::{TaskGroup, scope, yield_now};
use costate::time::{interval, sleep, timeout};
use costate::{BoxCoroutine, Task, spawn, spawn_blocking};
use fastrand::Rng;
use std::future::pending;
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

static LIVING: AtomicUsize = AtomicUsize::new(0);
static BEGUN: AtomicUsize = AtomicUsize::new(0);

/// Each piece of work holds one, wherever it is given up.
pub struct Guard;

impl Guard {
    pub fn new() -> Self {
        LIVING.fetch_add(1, Relaxed);
        BEGUN.fetch_add(1, Relaxed);
        Guard
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        LIVING.fetch_sub(1, Relaxed);
    }
}

pub fn living() -> usize {
    LIVING.load(Relaxed)
}

pub fn count() -> usize {
    BEGUN.load(Relaxed)
}

const ON_PURPOSE: &str = "on purpose";

/// Panics on purpose say nothing.
pub fn keep_panics_quiet() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if info.payload().downcast_ref() != Some(&ON_PURPOSE) {
            tell(info);
        }
    }));
}

pub fn a_while(random: &mut Rng) -> Duration {
    match random.u8(..8) {
        0 => Duration::ZERO,
        1 => Duration::from_secs(3600),
        2..5 => Duration::from_micros(random.u64(..100)),
        _ => Duration::from_micros(random.u64(..3000)),
    }
}

fn soon(random: &mut Rng) -> Duration {
    Duration::from_micros(random.u64(..4000))
}

/// Begins pieces that nobody waits for.
#[costate::coroutine]
pub fn begin(seed: u64, number: usize) {
    let Ok(server) = Server::start().await else {
        return;
    };
    let server = Arc::new(server);
    let mut random = Rng::with_seed(seed);
    for _ in 0..number {
        spawn(piece(Arc::clone(&server), random.u64(..), 2)).detach();
    }
    sleep(soon(&mut random)).await;
}

/// Begins pieces of work, and gives each up in some way or waits for it.
#[costate::coroutine(boxed, Send)]
pub fn pieces(server: Arc<Server>, seed: u64, number: usize) {
    let mut random = Rng::with_seed(seed);
    let mut tasks = Vec::new();
    for _ in 0..number {
        tasks.push(spawn(piece(Arc::clone(&server), random.u64(..), 2)));
        if random.u8(..4) == 0 {
            sleep(soon(&mut random)).await;
        }
    }
    while let Some(task) = tasks.pop() {
        give_up(task, random.u64(..)).await;
    }
}

/// Everything here ends a task that never would by itself.
#[costate::coroutine]
fn give_up(task: Task<()>, seed: u64) {
    let mut random = Rng::with_seed(seed);
    match random.u8(..6) {
        0 => drop(task),
        1 => {
            task.cancel();
            let _ended = task.join().await;
        }
        2 => {
            let mut group = TaskGroup::new();
            group.insert(task);
            sleep(soon(&mut random)).await;
            group.cancel_all();
            while group.next().await.is_some() {}
        }
        3 => {
            let _late = timeout(soon(&mut random), task.join()).await;
        }
        4 => {
            sleep(soon(&mut random)).await;
            drop(task);
        }
        _ => {
            // Both lose: the handle is dropped, and cancels.
            let naps = sleep(soon(&mut random));
            let _first = (task.join(), naps).select().await;
        }
    }
}

/// One piece, which may begin others.
#[costate::coroutine(boxed, Send)]
fn piece(server: Arc<Server>, seed: u64, depth: u32) {
    let _guard = Guard::new();
    let mut random = Rng::with_seed(seed);
    match random.u8(..16) {
        0 => sleep(a_while(&mut random)).await,
        1 => {
            let _late = timeout(soon(&mut random), pending::<()>()).await;
        }
        2 if depth > 0 => {
            let below: BoxCoroutine<'_, ()> = pieces(server, random.u64(..), random.usize(..5));
            below.await;
        }
        3 => panic_later(random.u64(..)).await,
        4 => messages(random.u64(..)).await,
        5 => bells(random.u64(..)).await,
        6 => blocks(random.u64(..)).await,
        7 => combined(random.u64(..)).await,
        8 => locks(random.u64(..)).await,
        9 => ticks(random.u64(..)).await,
        10 => sockets::refused(random.u64(..)).await,
        11 => sockets::datagrams(random.u64(..)).await,
        12 => sockets::pair(random.u64(..)).await,
        _ => sockets::talk(server, random.u64(..)).await,
    }
}

#[costate::coroutine]
fn panic_later(seed: u64) {
    let mut random = Rng::with_seed(seed);
    for _ in 0..random.u8(..5) {
        yield_now().await;
    }
    sleep(soon(&mut random)).await;
    panic::panic_any(ON_PURPOSE);
}

#[costate::coroutine]
fn messages(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let (to, mut from) = mpsc::channel(random.usize(1..4));
    let mut senders = Vec::new();
    for n in 0..random.usize(1..5) {
        senders.push(spawn(sends(to.clone(), n)));
    }
    drop(to);
    for _ in 0..random.usize(..30) {
        let received = timeout(soon(&mut random), from.recv()).await;
        if matches!(received, Ok(None)) {
            break;
        }
    }
    senders.truncate(random.usize(..4));
    drop(from);
    for sender in senders {
        let _sent = sender.join().await;
    }
}

#[costate::coroutine]
fn sends(to: mpsc::Sender<(usize, Guard)>, number: usize) {
    let _guard = Guard::new();
    while to.send((number, Guard::new())).await.is_ok() {}
}

#[costate::coroutine]
fn bells(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let (bell, (set, seen)) = (Arc::new(Notify::new()), watch::channel(0u64));
    let mut tasks = Vec::new();
    for _ in 0..random.usize(1..6) {
        tasks.push(spawn(hears(Arc::clone(&bell), seen.clone())));
    }
    for n in 0..random.u64(..10) {
        bell.notify_one();
        let _all_gone = set.send(n);
        if random.bool() {
            tasks.pop();
        }
        yield_now().await;
    }
    bell.notify_waiters();
    sleep(soon(&mut random)).await;
}

#[costate::coroutine]
fn hears(bell: Arc<Notify>, mut seen: watch::Receiver<u64>) {
    let _guard = Guard::new();
    loop {
        bell.notified().await;
        if timeout(Duration::from_micros(300), seen.changed())
            .await
            .is_ok_and(|seen| seen.is_err())
        {
            return;
        }
    }
}

#[costate::coroutine]
fn blocks(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let (guard, time, panics) = (Guard::new(), soon(&mut random), random.u8(..4) == 0);
    let blocks = spawn_blocking(move || {
        let _guard = guard;
        std::thread::sleep(time);
        if panics {
            panic::panic_any(ON_PURPOSE);
        }
    });
    match random.u8(..3) {
        0 => drop(blocks),
        1 => drop(timeout(soon(&mut random), blocks.join()).await),
        _ => drop(blocks.join().await),
    }
}

#[costate::coroutine]
fn naps(time: Duration) -> u32 {
    let _guard = Guard::new();
    sleep(time).await;
    1
}

#[costate::coroutine]
fn combined(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let mut times = [soon(&mut random), soon(&mut random), soon(&mut random)];
    let [a, b, c] = times;
    let sum = (naps(a), naps(b), naps(c)).join().await;
    assert_eq!(sum, (1, 1, 1));
    let first = (naps(a), naps(b)).race().await;
    assert_eq!(first, 1);
    times.reverse();
    scope(|scope| {
        let one = scope.spawn(naps(times[0]));
        let _dropped = scope.spawn(naps(times[1]));
        one
    })
    .await;
}

#[costate::coroutine]
fn locks(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let mutex = Arc::new(Mutex::new(0));
    let mut group = TaskGroup::new();
    for _ in 0..random.usize(1..8) {
        group.spawn(holds(Arc::clone(&mutex), soon(&mut random)));
    }
    let _late = timeout(soon(&mut random), group.next()).await;
    group.cancel_and_join().await;
    // Whoever was cancelled has unlocked.
    let mut value = mutex.lock().await;
    *value += 1;
}

#[costate::coroutine]
fn holds(mutex: Arc<Mutex<u32>>, time: Duration) {
    let _guard = Guard::new();
    let mut value = mutex.lock().await;
    sleep(time / 8).await;
    *value += 1;
}

#[costate::coroutine]
fn ticks(seed: u64) {
    let mut random = Rng::with_seed(seed);
    let mut ticks = interval(Duration::from_micros(random.u64(1..500)));
    for _ in 0..random.u8(..10) {
        ticks.tick().await;
        if random.u8(..4) == 0 {
            ticks.reset();
        }
    }
}
