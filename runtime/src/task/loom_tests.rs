//! The task's protocol under every interleaving: `RUSTFLAGS="--cfg loom" cargo test -p costate --release --lib loom`.

use super::raw::{Schedule, TaskRef};
use super::{Ran, Task};
use loom::sync::{Arc as LoomArc, Mutex, atomic::AtomicUsize};
use loom::thread;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};

/// Every interleaving with at most three preemptions, which is where such mistakes show.
fn check(model: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(3);
    builder.check(model);
}

/// A queue that the test runs by hand.
#[derive(Clone)]
struct Queue(LoomArc<Mutex<Vec<TaskRef>>>);

// The trait wants `'static` and `Sync`, which loom's types are.
// SAFETY: `schedule_here` gives the task back.
unsafe impl Schedule for Queue {
    fn schedule_here(&self, task: TaskRef) -> Result<(), TaskRef> {
        Err(task)
    }

    fn schedule(&self, task: TaskRef) {
        self.0.lock().unwrap().push(task);
    }
}

impl Queue {
    fn new() -> Self {
        Queue(LoomArc::new(Mutex::new(Vec::new())))
    }

    /// Runs what is queued. Returns whether a task was completed.
    fn run(&self) -> bool {
        let mut complete = false;
        loop {
            let Some(task) = self.0.lock().unwrap().pop() else {
                return complete;
            };
            match task.run() {
                Ran::Idle => {}
                Ran::Again(task) => self.0.lock().unwrap().push(task),
                Ran::Complete(_) => complete = true,
            }
        }
    }
}

/// Counts how often it was dropped.
struct Counted(LoomArc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// Gives its waker away at the first poll, and an output at the second.
struct Twice {
    waker: LoomArc<Mutex<Option<Waker>>>,
    polled: bool,
    _body: Counted,
    output: Option<Counted>,
}

impl Future for Twice {
    type Output = Counted;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Counted> {
        if self.polled {
            return Poll::Ready(self.output.take().unwrap());
        }
        self.polled = true;
        *self.waker.lock().unwrap() = Some(cx.waker().clone());
        Poll::Pending
    }
}

struct Set {
    queue: Queue,
    waker: LoomArc<Mutex<Option<Waker>>>,
    dropped: [LoomArc<AtomicUsize>; 2],
    owned: TaskRef,
    task: Task<Counted>,
}

/// A task that waits in a queue.
fn set() -> Set {
    let queue = Queue::new();
    let waker = LoomArc::new(Mutex::new(None));
    let dropped = [(); 2].map(|()| LoomArc::new(AtomicUsize::new(0)));
    let body = Twice {
        waker: waker.clone(),
        polled: false,
        _body: Counted(dropped[0].clone()),
        output: Some(Counted(dropped[1].clone())),
    };
    let [queued, owned, handle] = TaskRef::new(body, Arc::new(queue.clone()));
    queue.schedule(queued);
    // SAFETY: the handle's reference, and the body's output.
    let task = unsafe { Task::new(handle) };
    Set {
        queue,
        waker,
        dropped,
        owned,
        task,
    }
}

fn wake(waker: &LoomArc<Mutex<Option<Waker>>>) {
    let waker = waker.lock().unwrap().take();
    waker.into_iter().for_each(Waker::wake);
}

fn dropped(set: &[LoomArc<AtomicUsize>; 2]) -> [usize; 2] {
    [0, 1].map(|n| set[n].load(Ordering::SeqCst))
}

#[test]
fn loom_a_wake_from_another_thread_is_not_lost() {
    check(|| {
        let Set {
            queue,
            waker,
            dropped: counts,
            owned,
            task,
        } = set();
        let other = thread::spawn({
            let waker = waker.clone();
            move || wake(&waker)
        });
        let mut complete = queue.run();
        other.join().unwrap();
        wake(&waker);
        complete |= queue.run();
        assert!(complete && task.is_finished());
        drop(owned);
        drop(task);
        assert_eq!(dropped(&counts), [1, 1]);
    });
}

#[test]
fn loom_the_handle_is_dropped_while_the_task_is_woken_and_run() {
    check(|| {
        let Set {
            queue,
            waker,
            dropped: counts,
            owned,
            task,
        } = set();
        let handle = thread::spawn(move || drop(task));
        let waking = thread::spawn({
            let waker = waker.clone();
            move || wake(&waker)
        });
        let mut complete = queue.run();
        handle.join().unwrap();
        waking.join().unwrap();
        complete |= queue.run();
        assert!(complete);
        drop(owned);
        drop(waker);
        assert_eq!(dropped(&counts), [1, 1]);
    });
}

#[test]
fn loom_the_joiner_is_woken_or_sees_the_outcome() {
    check(|| {
        let Set {
            queue,
            waker,
            dropped: counts,
            owned,
            task,
        } = set();
        queue.run();
        let joining = thread::spawn(move || {
            let counting = Arc::new(Counting::default());
            let first = Waker::from(Arc::clone(&counting));
            let mut task = task;
            let polled = Pin::new(&mut task).poll(&mut Context::from_waker(&first));
            // Another waker: the first is replaced.
            let second = Arc::new(Counting::default());
            let polled = match polled {
                Poll::Pending => {
                    let waker = Waker::from(Arc::clone(&second));
                    Pin::new(&mut task).poll(&mut Context::from_waker(&waker))
                }
                ready => ready,
            };
            (polled.is_ready(), second, task)
        });
        wake(&waker);
        assert!(queue.run());
        let (ready, woken, mut task) = joining.join().unwrap();
        if !ready {
            assert_eq!(woken.0.load(Ordering::SeqCst), 1);
            let polled = Pin::new(&mut task).poll(&mut Context::from_waker(Waker::noop()));
            assert!(polled.is_ready());
        }
        drop((task, owned));
        assert_eq!(dropped(&counts), [1, 1]);
    });
}

#[test]
fn loom_the_handle_leaves_while_the_joiner_is_woken() {
    check(|| {
        let Set {
            queue,
            waker,
            dropped: counts,
            owned,
            mut task,
        } = set();
        queue.run();
        let joiner = Arc::new(Counting::default());
        let own = Waker::from(Arc::clone(&joiner));
        assert!(
            Pin::new(&mut task)
                .poll(&mut Context::from_waker(&own))
                .is_pending()
        );
        drop(own);
        let leaving = thread::spawn(move || task.detach());
        wake(&waker);
        assert!(queue.run());
        leaving.join().unwrap();
        drop(owned);
        assert_eq!(dropped(&counts), [1, 1]);
        assert_eq!(
            Arc::strong_count(&joiner),
            1,
            "the joiner's waker was dropped"
        );
    });
}

#[test]
fn loom_a_cancel_meets_a_wake() {
    check(|| {
        let Set {
            queue,
            waker,
            dropped: counts,
            owned,
            task,
        } = set();
        queue.run();
        let cancelling = thread::spawn(move || {
            task.cancel();
            task
        });
        wake(&waker);
        queue.run();
        let task = cancelling.join().unwrap();
        queue.run();
        assert!(task.is_finished());
        drop((task, owned));
        assert_eq!(dropped(&counts), [1, 1]);
    });
}

/// Counts wakes.
#[derive(Default)]
struct Counting(std::sync::atomic::AtomicUsize);

impl std::task::Wake for Counting {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}
