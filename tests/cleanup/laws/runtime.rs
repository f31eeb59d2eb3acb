//! What the runtime does at its end, and at that of a task.

use super::*;
use costate::{spawn, spawn_local};
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Mutex;
use std::task::{Poll, Waker};
use std::thread::ThreadId;
use std::time::Duration;

#[costate::coroutine(Send)]
fn never_ends(log: Log, begun: Signal) {
    defer! { say(&log, "forced"); }
    defer! {
        begun.notify_one();
        pending::<()>().await;
    }
    begun.notify_one();
    pending().await
}

#[costate::coroutine]
fn starts<F>(task: F, begun: Signal)
where
    F: Future<Output = ()> + Send + 'static,
{
    spawn(task).detach();
    begun.notified().await;
}

fn runtimes() -> impl Iterator<Item = Runtime> {
    [0, 1, 2].into_iter().map(|threads| {
        let builder = match threads {
            0 => Runtime::builder().current_thread(),
            threads => Runtime::builder().threads(threads),
        };
        builder.build().expect("a runtime can be made")
    })
}

#[test]
fn shutdown_cancels_all_waits_and_forces() {
    for runtime in runtimes() {
        let (log, begun) = (Log::default(), Signal::default());
        runtime.block_on(starts(idle(log.clone(), begun.clone()), begun.clone()));
        runtime.block_on(starts(idle(log.clone(), begun.clone()), begun));
        runtime.shutdown(Duration::from_secs(60));
        assert_eq!(said(&log), ["clean", "clean"]);
    }
    for runtime in runtimes() {
        let (log, begun) = (Log::default(), Signal::default());
        runtime.block_on(starts(never_ends(log.clone(), begun.clone()), begun));
        runtime.shutdown(Duration::from_millis(1));
        assert_eq!(said(&log), ["forced"]);
    }
}

#[test]
fn a_spawn_meanwhile_resolves_as_cancelled() {
    #[costate::coroutine(Send)]
    fn spawns(log: Log, begun: Signal) {
        defer! {
            // The runtime is being shut down.
            let late = spawn(std::future::ready(()));
            let ended = late.join().await;
            say(&log, if is_cancelled(&ended) { "cancelled" } else { "ran" });
        }
        begun.notify_one();
        pending().await
    }
    for runtime in runtimes() {
        let (log, begun) = (Log::default(), Signal::default());
        runtime.block_on(starts(spawns(log.clone(), begun.clone()), begun));
        runtime.shutdown(Duration::from_secs(60));
        assert_eq!(said(&log), ["cancelled"]);
    }
}

#[test]
fn a_wake_after_death_is_harmless() {
    type Kept = Arc<Mutex<Option<Waker>>>;
    #[costate::coroutine(Send)]
    fn keeps_its_waker(kept: Kept, begun: Signal) {
        std::future::poll_fn(|cx| {
            *kept.lock().expect("nobody panics with it") = Some(cx.waker().clone());
            begun.notify_one();
            Poll::<()>::Pending
        })
        .await;
    }
    #[costate::coroutine(Send)]
    fn test() {
        let (kept, begun) = (Kept::default(), Signal::default());
        let task = spawn(keeps_its_waker(kept.clone(), begun.clone()));
        begun.notified().await;
        assert_eq!(task.cancel_and_join().await, None);
        let waker = kept.lock().expect("nobody panics with it").take();
        let waker = waker.expect("it was kept");
        waker.wake_by_ref();
        turns(2).await;
        let elsewhere = waker.clone();
        std::thread::spawn(move || elsewhere.wake())
            .join()
            .expect("it wakes nobody");
        waker.wake();
    }
    on_each_paused(test);
    let (kept, begun) = (Kept::default(), Signal::default());
    for runtime in runtimes() {
        let body = keeps_its_waker(kept.clone(), begun.clone());
        runtime.block_on(starts(body, begun.clone()));
        drop(runtime);
        let waker = kept.lock().expect("nobody panics with it").take();
        waker.expect("it was kept").wake();
    }
}

/// Notes on which thread it is dropped. It can't leave its own.
struct Local(Rc<Cell<u32>>, Arc<Mutex<Vec<ThreadId>>>);

impl Drop for Local {
    fn drop(&mut self) {
        self.0.set(0);
        let here = std::thread::current().id();
        self.1.lock().expect("nobody panics with it").push(here);
    }
}

#[test]
fn a_task_that_is_not_send_is_dropped_on_its_own_thread() {
    type Threads = Arc<Mutex<Vec<ThreadId>>>;
    #[costate::coroutine]
    fn local(held: Local, begun: Signal) {
        defer! {
            yield_now().await;
            held.0.set(2);
        }
        held.0.set(1);
        begun.notify_one();
        pending().await
    }
    #[costate::coroutine(Send)]
    fn test(threads: Threads) -> ThreadId {
        let (begun, sent) = (Signal::default(), threads.clone());
        let own = std::thread::current().id();
        let task = spawn_local(local(Local(Rc::default(), threads), begun.clone()));
        // From another thread.
        std::thread::spawn(move || drop(task))
            .join()
            .expect("it doesn't panic");
        while sent.lock().expect("nobody panics with it").is_empty() {
            yield_now().await;
        }
        own
    }
    #[costate::coroutine(Send)]
    fn leaves(threads: Threads) -> ThreadId {
        let begun = Signal::default();
        spawn_local(local(Local(Rc::default(), threads), begun.clone())).detach();
        let own = std::thread::current().id();
        begun.notified().await;
        own
    }
    for runtime in runtimes() {
        let threads = Threads::default();
        let own = runtime.block_on(runtime.spawn(test(threads.clone())));
        assert_eq!(*threads.lock().expect("nobody panics with it"), [own]);
    }
    for runtime in runtimes() {
        let threads = Threads::default();
        let own = runtime.block_on(runtime.spawn(leaves(threads.clone())));
        runtime.shutdown(Duration::from_secs(60));
        assert_eq!(*threads.lock().expect("nobody panics with it"), [own]);
    }
}
