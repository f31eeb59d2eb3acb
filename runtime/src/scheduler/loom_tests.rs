//! The parker under every interleaving: `RUSTFLAGS="--cfg loom" cargo test -p costate --release loom`.

use super::parker::{Parker, Unpark};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

#[test]
fn loom_work_is_found_or_interrupts_the_sleep() {
    loom::model(|| {
        let parker = Arc::new(Parker::new());
        let [queued, interrupts] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
        let others: Vec<_> = (0..2)
            .map(|_| {
                let parker = parker.clone();
                let (queued, interrupts) = (queued.clone(), interrupts.clone());
                thread::spawn(move || {
                    queued.fetch_add(1, Ordering::Release);
                    if parker.unpark() == Unpark::Interrupt {
                        interrupts.fetch_add(1, Ordering::Release);
                    }
                })
            })
            .collect();
        let mut found = queued.load(Ordering::Acquire);
        while found < 2 {
            if parker.park() {
                // Asleep: only an interrupt ends it.
                while interrupts.load(Ordering::Acquire) == 0 {
                    thread::yield_now();
                }
                interrupts.fetch_sub(1, Ordering::AcqRel);
            }
            parker.awake();
            found = queued.load(Ordering::Acquire);
        }
        others.into_iter().for_each(|other| other.join().unwrap());
    });
}
