//! Parker and idle workers under every interleaving: `RUSTFLAGS="--cfg loom" cargo test -p costate --release --lib loom`.

use super::asleep::{Asleep, Jobs};
use super::idle::Idle;
use super::parker::{Bed, Parker, Unpark};
use super::watch::Watch;
use loom::sync::atomic::{AtomicUsize, Ordering, fence};
use loom::sync::{Arc, Condvar, Mutex};
use loom::thread;

fn model(preemptions: usize, check: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(preemptions);
    builder.check(check);
}

#[test]
fn loom_work_is_found_or_ends_the_sleep() {
    model(3, || {
        let parker = Arc::new(Parker::new());
        let [queued, ended] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
        let other = thread::spawn({
            let parker = parker.clone();
            let (queued, ended) = (queued.clone(), ended.clone());
            move || {
                for _ in 0..2 {
                    queued.fetch_add(1, Ordering::Release);
                    if parker.unpark() == Unpark::End(Bed::Driver) {
                        ended.fetch_add(1, Ordering::Release);
                    }
                }
            }
        });
        let mut found = queued.load(Ordering::Acquire);
        while found < 2 {
            if parker.park(Bed::Driver) {
                // Asleep: only the other ends it.
                while ended.load(Ordering::Acquire) == 0 {
                    thread::yield_now();
                }
                ended.fetch_sub(1, Ordering::AcqRel);
            }
            parker.awake();
            found = queued.load(Ordering::Acquire);
        }
        other.join().unwrap();
    });
}

/// Where a worker of the model sleeps. That all sleep is a deadlock, which loom reports.
#[derive(Default)]
struct Bell {
    rung: Mutex<bool>,
    rings: Condvar,
}

impl Bell {
    fn ring(&self) {
        *self.rung.lock().unwrap() = true;
        self.rings.notify_one();
    }

    fn wait(&self) {
        let mut rung = self.rung.lock().unwrap();
        while !*rung {
            rung = self.rings.wait(rung).unwrap();
        }
        *rung = false;
    }
}

/// Workers as [`stealing`](super::stealing) has them, with a counter for a queue.
struct Workers {
    idle: Idle,
    queued: AtomicUsize,
    done: AtomicUsize,
    all: usize,
    bells: [Bell; 2],
}

impl Workers {
    fn queue(&self) {
        self.queued.fetch_add(1, Ordering::SeqCst);
        self.wake_one();
    }

    fn wake_one(&self) {
        if let Some(worker) = self.idle.wake_one() {
            self.bells[worker].ring();
        }
    }

    fn take(&self) -> bool {
        let take = |left: usize| left.checked_sub(1);
        let taken = self
            .queued
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, take);
        taken.is_ok()
    }

    /// Runs until all is done.
    fn work(&self, worker: usize) {
        let mut looking = false;
        while self.done.load(Ordering::Acquire) < self.all {
            looking = looking || self.idle.begin_to_look();
            if looking && self.take() {
                self.has_found(&mut looking);
                continue;
            }
            self.idle.sleep(worker, std::mem::take(&mut looking));
            if self.take() {
                looking = self.idle.awake(worker);
                self.wake_one();
                self.has_found(&mut looking);
                continue;
            }
            if self.done.load(Ordering::Acquire) < self.all {
                self.bells[worker].wait();
            }
            looking = self.idle.awake(worker);
        }
    }

    fn has_found(&self, looking: &mut bool) {
        if std::mem::take(looking) && self.idle.found() {
            self.wake_one();
        }
        if self.done.fetch_add(1, Ordering::AcqRel) + 1 == self.all {
            self.bells.iter().for_each(Bell::ring);
        }
    }
}

#[test]
fn loom_no_work_is_left_while_all_sleep() {
    model(2, || {
        let workers = Arc::new(Workers {
            idle: Idle::new(2),
            queued: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            all: 2,
            bells: [Bell::default(), Bell::default()],
        });
        let threads = [0, 1].map(|worker| {
            let workers = workers.clone();
            thread::spawn(move || workers.work(worker))
        });
        workers.queue();
        workers.queue();
        for thread in threads {
            thread.join().unwrap();
        }
    });
}

/// One who looks whether all sleep, beside two who wake each other: it is never told so while there is work.
#[test]
fn loom_all_sleep_only_when_there_is_nothing_to_do() {
    model(3, || {
        let asleep = Arc::new(Asleep::default());
        let parkers = [(); 2].map(|()| std::sync::Arc::new(Parker::new()));
        for parker in &parkers {
            asleep.register(parker.clone());
        }
        let done = Arc::new(AtomicUsize::new(0));
        // The second sleeps; the first wakes it and goes to sleep, and it does something before it sleeps again.
        assert!(parkers[1].park(Bed::Thread));
        let first = thread::spawn({
            let (asleep, parkers) = (asleep.clone(), parkers.clone());
            move || {
                if parkers[1].unpark() != Unpark::Nothing {
                    asleep.count_end();
                }
                assert!(parkers[0].park(Bed::Thread));
            }
        });
        let second = thread::spawn({
            let (parkers, done) = (parkers.clone(), done.clone());
            move || {
                while !parkers[1].is_notified() {
                    thread::yield_now();
                }
                parkers[1].awake();
                done.store(1, Ordering::Relaxed);
                assert!(parkers[1].park(Bed::Thread));
            }
        });
        if let Some(at) = asleep.all() {
            assert_eq!(done.load(Ordering::Relaxed), 1);
            assert_eq!(asleep.if_still(at, || 1), Some(1));
        }
        first.join().unwrap();
        second.join().unwrap();
    });
}

#[test]
fn loom_all_sleep_only_when_no_closure_runs() {
    model(3, || {
        let asleep = Arc::new(Asleep::default());
        let parker = std::sync::Arc::new(Parker::new());
        asleep.register(parker.clone());
        let done = Arc::new(AtomicUsize::new(0));
        // A worker queues a closure and sleeps until that is done.
        let job = thread::spawn({
            let (asleep, parker, done) = (asleep.clone(), parker.clone(), done.clone());
            move || {
                asleep.begin_job();
                let closure = thread::spawn({
                    let (asleep, parker, done) = (asleep.clone(), parker.clone(), done.clone());
                    move || {
                        done.store(1, Ordering::Relaxed);
                        if parker.unpark() != Unpark::Nothing {
                            asleep.count_end();
                        }
                        assert_eq!(asleep.end_job(), Jobs::None);
                    }
                });
                if parker.park(Bed::Thread) {
                    closure.join().unwrap();
                    parker.awake();
                } else {
                    parker.awake();
                    closure.join().unwrap();
                }
                done.store(2, Ordering::Relaxed);
                assert!(parker.park(Bed::Thread));
            }
        });
        if asleep.all().is_some() {
            assert_eq!(done.load(Ordering::Relaxed), 2);
        }
        job.join().unwrap();
    });
}

/// One stops looking after the driver since somebody waits there, who leaves it meanwhile, and a third one goes to sleep: somebody
/// looks then, or is woken. (loom takes accesses that all agree about for less than that; fences say it to it.)
#[test]
fn loom_a_driver_that_is_left_is_looked_after_or_somebody_is_woken() {
    model(3, || {
        let (watch, waits) = (Arc::new(Watch::default()), Arc::new(AtomicUsize::new(1)));
        assert!(watch.begin());
        let leaver = thread::spawn({
            let (watch, waits) = (watch.clone(), waits.clone());
            move || {
                waits.store(0, Ordering::SeqCst);
                fence(Ordering::SeqCst);
                !watch.is_kept()
            }
        });
        let third = thread::spawn({
            let watch = watch.clone();
            move || watch.begin()
        });
        let stopped = watch.stop(|| {
            fence(Ordering::SeqCst);
            waits.load(Ordering::SeqCst) == 1
        });
        let (wakes, third_looks) = (leaver.join().unwrap(), third.join().unwrap());
        assert!(!stopped || wakes || third_looks);
    });
}
