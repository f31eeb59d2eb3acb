//! The parker under every interleaving: `RUSTFLAGS="--cfg loom" cargo test -p costate --release loom`.

use super::parker::{Parker, Unpark};
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

#[test]
fn loom_work_is_found_or_interrupts_the_sleep() {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(|| {
        let parker = Arc::new(Parker::new());
        let [queued, interrupts] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
        let other = thread::spawn({
            let parker = parker.clone();
            let (queued, interrupts) = (queued.clone(), interrupts.clone());
            move || {
                for _ in 0..2 {
                    queued.fetch_add(1, Ordering::Release);
                    if parker.unpark() == Unpark::Interrupt {
                        interrupts.fetch_add(1, Ordering::Release);
                    }
                }
            }
        });
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
        other.join().unwrap();
    });
}
