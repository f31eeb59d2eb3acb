//! Timers set, changed and dropped by one thread while another expires them, under every interleaving.

use super::{Driver, Timers};
use crate::time::{Duration, Instant};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;
use std::sync::OnceLock;
use std::task::{Wake, Waker};

fn model(check: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(check);
}

/// The same in every run of the model.
fn origin() -> Instant {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    *ORIGIN.get_or_init(Instant::now)
}

fn at(n: u64) -> Instant {
    origin() + Duration::from_millis(n)
}

/// Counts its wakes.
#[derive(Default)]
struct Wakes(AtomicUsize);

impl Wake for Wakes {
    fn wake(self: std::sync::Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn waker() -> (std::sync::Arc<Wakes>, Waker) {
    let wakes = std::sync::Arc::<Wakes>::default();
    (wakes.clone(), Waker::from(wakes))
}

fn expire(timers: &Timers, now: Instant) {
    let mut wakers = Vec::new();
    timers.expire(now, &mut wakers);
    wakers.into_iter().for_each(Waker::wake);
}

#[test]
fn loom_a_new_timer_is_seen_by_the_driver_or_interrupts_it() {
    model(|| {
        let timers = Arc::new(Timers::new(origin(), 2));
        let setters = [0, 1].map(|worker| {
            let timers = timers.clone();
            thread::spawn(move || {
                let deadline = at(5 - worker as u64);
                let (timer, driver) = timers.insert(Some(worker), deadline, Waker::noop().clone());
                std::mem::forget(timer);
                driver
            })
        });
        let until = timers.sleep();
        let told = setters.map(|setter| setter.join().unwrap());
        let interrupted = told.contains(&Driver::ToInterrupt);
        assert!(interrupted || until == Some(at(4)), "{until:?}");
    });
}

#[test]
fn loom_a_timer_that_is_dropped_elsewhere_wakes_once_or_never() {
    model(|| {
        let timers = Arc::new(Timers::new(origin(), 1));
        let (wakes, waker) = waker();
        let (timer, _) = timers.insert(Some(0), at(1), waker);
        let dropper = thread::spawn(move || drop(timer));
        expire(&timers, at(2));
        dropper.join().unwrap();
        assert!(wakes.0.load(Ordering::Relaxed) <= 1);
        // It is gone, and its waker with it.
        assert_eq!(std::sync::Arc::strong_count(&wakes), 1);
        assert!(timers.first().is_none());
    });
}

#[test]
fn loom_the_waker_that_was_left_last_is_woken() {
    model(|| {
        let timers = Arc::new(Timers::new(origin(), 1));
        let ((first, waker), (second, other)) = (waker(), waker());
        let (timer, _) = timers.insert(Some(0), at(1), waker);
        let polls = thread::spawn(move || {
            let is_there = timer.update(&other);
            // Kept, as by a task that goes on waiting.
            std::mem::forget(timer);
            is_there
        });
        expire(&timers, at(2));
        let is_there = polls.join().unwrap();
        let woken = [first, second].map(|wakes| wakes.0.load(Ordering::Relaxed));
        // If it was gone the task knows that its time has come.
        assert_eq!(woken, if is_there { [0, 1] } else { [1, 0] });
    });
}

#[test]
fn loom_a_timer_is_set_anew_elsewhere_while_the_first_expires() {
    model(|| {
        let timers = Arc::new(Timers::new(origin(), 2));
        let (wakes, waker) = waker();
        let (timer, _) = timers.insert(Some(0), at(1), waker.clone());
        let resets = thread::spawn({
            let timers = timers.clone();
            move || {
                drop(timer);
                timers.insert(Some(1), at(3), waker).0
            }
        });
        expire(&timers, at(2));
        let timer = resets.join().unwrap();
        let before = wakes.0.load(Ordering::Relaxed);
        assert!(before <= 1);
        expire(&timers, at(3));
        assert_eq!(wakes.0.load(Ordering::Relaxed), before + 1);
        drop(timer);
        assert_eq!(std::sync::Arc::strong_count(&wakes), 1);
    });
}
