//! Random programs: tasks that do a little of everything, each step chosen as the schedule is.

use super::{Alive, Boxed, LONG, each_kind, runtime, schedules};
use crate::sync::{Notify, mpsc};
use crate::task::{TaskGroup, yield_now};
use crate::time::{Duration, sleep, timeout};
use crate::{Task, spawn, spawn_blocking, spawn_local};
use shuttle::rand::{Rng, thread_rng};
use shuttle::thread;
use std::sync::Arc;

/// What all tasks of a program share.
#[derive(Clone)]
struct World {
    alive: Alive,
    bell: Arc<Notify>,
    to: mpsc::Sender<u32>,
}

fn below(end: u32) -> u32 {
    thread_rng().gen_range(0..end)
}

fn boxed(world: World, depth: u32) -> Boxed<u32> {
    Box::pin(acts(world, depth))
}

/// A few steps. Nothing here waits for what may not come but with a limit.
#[costate::coroutine]
fn acts(world: World, depth: u32) -> u32 {
    let here = world.alive.enter();
    defer! {
        yield_now().await;
        drop(here);
    }
    let mut steps = 0;
    let mut group = TaskGroup::new();
    for _ in 0..below(4) {
        steps += 1;
        match below(11) {
            0 => yield_now().await,
            1 => sleep(Duration::from_millis(u64::from(below(3)))).await,
            2 => world.bell.notify_one(),
            3 => rings_or_not(Arc::clone(&world.bell)).await,
            4 => {
                let _ = world.to.send(1).await;
            }
            5 if depth > 0 => group.spawn(boxed(world.clone(), depth - 1)),
            6 if depth > 0 => {
                let child = spawn(boxed(world.clone(), depth - 1));
                child.cancel_and_join().await;
            }
            7 if depth > 0 => drop(spawn(boxed(world.clone(), depth - 1))),
            8 => {
                let _ = group.next().await;
            }
            9 => {
                let counted = world.alive.enter();
                spawn_blocking(move || drop(counted)).await;
            }
            10 => std::panic::resume_unwind(Box::new("a task may panic")),
            _ => {}
        }
    }
    steps
}

#[costate::coroutine]
fn rings_or_not(bell: Arc<Notify>) {
    let _ = timeout(Duration::from_millis(1), bell.notified()).await;
}

#[costate::coroutine]
fn receives(mut from: mpsc::Receiver<u32>) {
    while from.recv().await.is_some() {}
}

#[costate::coroutine]
fn program(world: World, from: mpsc::Receiver<u32>) {
    let World { alive, .. } = world.clone();
    let receives = spawn(receives(from));
    let tasks: Vec<Task<u32>> = (0..3).map(|_| spawn(boxed(world.clone(), 2))).collect();
    let local = spawn_local(acts(world, 2));
    for task in tasks {
        let _ = task.join().await;
    }
    let _ = local.join().await;
    // Those that were cancelled at the end of another have all to themselves now; with the last the senders are gone.
    receives.await;
    sleep(Duration::from_secs(1)).await;
    assert_eq!(alive.count(), 0);
}

fn world() -> (World, mpsc::Receiver<u32>) {
    let (to, from) = mpsc::channel(1);
    let world = World {
        alive: Alive::default(),
        bell: Arc::new(Notify::new()),
        to,
    };
    (world, from)
}

#[test]
fn random_programs_end_and_leave_nothing() {
    each_kind(|runtime| {
        let (world, from) = world();
        let bell = Arc::clone(&world.bell);
        let rings = thread::spawn(move || (0..3).for_each(|_| bell.notify_one()));
        runtime.block_on(program(world, from));
        rings.join().unwrap();
    });
}

#[test]
fn random_programs_may_be_ended_at_any_moment() {
    for threads in 1..4 {
        schedules(move || {
            let runtime = runtime(threads);
            let (world, from) = world();
            let alive = world.alive.clone();
            let handle = runtime.handle().clone();
            let spawns = thread::spawn(move || {
                handle.spawn(receives(from)).detach();
                for _ in 0..3 {
                    handle.spawn(boxed(world.clone(), 1)).detach();
                }
            });
            runtime.shutdown(if below(2) == 0 { Duration::ZERO } else { LONG });
            spawns.join().unwrap();
            // Without grace nobody waits for code that blocks: what it holds may still be there.
            while alive.count() > 0 {
                thread::yield_now();
            }
        });
    }
}
