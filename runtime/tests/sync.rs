//! Locks, channels and signals: what is granted, to whom, and what becomes of it when a waiter leaves.

use costate::sync::{Barrier, CancelToken, Mutex, Notify, OnceCell, RwLock, Semaphore};
use costate::task::yield_now;
use costate::{Task, block_on, spawn, spawn_local};
use futures::FutureExt;
use futures::future::{join, join_all, lazy};
use std::cell::RefCell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::thread;

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn pending<F: Future>(future: Pin<&mut F>) -> bool {
    poll(future).is_pending()
}

fn is_send<T: Send>(_: &T) {}

#[test]
fn what_a_waiter_was_granted_and_leaves_goes_to_the_next() {
    let notify = Notify::new();
    let mut first = Box::pin(notify.notified());
    let mut second = pin!(notify.notified());
    assert!(pending(first.as_mut()) && pending(second.as_mut()));
    notify.notify_one();
    drop(first);
    assert!(poll(second).is_ready());

    let mut last = Box::pin(notify.notified());
    assert!(pending(last.as_mut()));
    notify.notify_one();
    drop(last);
    assert_eq!(notify.notified().now_or_never(), Some(()));

    let mutex = Mutex::new(());
    let held = mutex.try_lock().unwrap();
    let (mut first, mut second) = (Box::pin(mutex.lock()), pin!(mutex.lock()));
    assert!(pending(first.as_mut()) && pending(second.as_mut()));
    drop(held);
    drop(first);
    assert!(poll(second).is_ready());

    let semaphore = Semaphore::new(1);
    let held = semaphore.try_acquire().unwrap();
    let (mut first, mut second) = (Box::pin(semaphore.acquire()), pin!(semaphore.acquire()));
    assert!(pending(first.as_mut()) && pending(second.as_mut()));
    drop(held);
    drop(first);
    assert!(poll(second).is_ready());
}

#[test]
fn a_notification_is_remembered_once_and_waiters_are_woken_in_order() {
    let notify = Notify::new();
    notify.notify_one();
    notify.notify_one();
    assert_eq!(notify.notified().now_or_never(), Some(()));
    let (mut first, mut second) = (pin!(notify.notified()), pin!(notify.notified()));
    assert!(pending(first.as_mut()) && pending(second.as_mut()));
    notify.notify_one();
    assert!(pending(second.as_mut()));
    assert!(poll(first).is_ready());
    notify.notify_one();
    assert!(poll(second).is_ready());
}

#[test]
fn notify_waiters_wakes_all_that_were_made_and_is_not_remembered() {
    let notify = Notify::new();
    let (mut polled, made) = (pin!(notify.notified()), notify.notified());
    assert!(pending(polled.as_mut()));
    notify.notify_waiters();
    assert!(poll(polled).is_ready());
    assert_eq!(made.now_or_never(), Some(()));
    assert_eq!(notify.notified().now_or_never(), None);
}

#[test]
fn a_guard_is_held_across_suspensions() {
    #[costate::coroutine]
    fn add(sum: Arc<Mutex<Vec<u32>>>, n: u32) {
        let mut sum = sum.lock().await;
        let before = sum.len();
        yield_now().await;
        assert_eq!(sum.len(), before);
        sum.push(n);
    }
    let sum = Arc::new(Mutex::new(Vec::new()));
    let adds = |n| add(Arc::clone(&sum), n);
    is_send(&adds(0));
    block_on(lazy(|_| join_all((0..10).map(|n| spawn(adds(n))))).flatten());
    assert_eq!(*sum.try_lock().unwrap(), Vec::from_iter(0..10));

    #[costate::coroutine]
    fn change(lock: Arc<RwLock<u32>>) -> u32 {
        let read = lock.read().await;
        let before = *read;
        drop(read);
        let mut value = lock.write().await;
        yield_now().await;
        *value += 1;
        before
    }
    let lock = Arc::new(RwLock::new(0));
    is_send(&change(Arc::clone(&lock)));
    let both = join(change(Arc::clone(&lock)), change(Arc::clone(&lock)));
    assert_eq!(block_on(both), (0, 1));
    assert_eq!(*lock.try_read().unwrap(), 2);
}

#[test]
fn a_lock_is_free_after_its_task_was_cancelled_or_panicked() {
    #[costate::coroutine]
    fn holds(mutex: Arc<Mutex<()>>, panics: bool) {
        let _held = mutex.lock().await;
        yield_now().await;
        assert!(!panics, "on purpose");
        std::future::pending::<()>().await;
    }
    let mutex = Arc::new(Mutex::new(()));
    let holds = |panics| holds(Arc::clone(&mutex), panics);
    let run = |panics| lazy(move |_| panics).map(holds).map(spawn);
    block_on(
        run(false)
            .then(|task| yield_now().then(|()| task.cancel_and_join()))
            .then(|_| run(true))
            .then(Task::join)
            .map(|joined| assert!(joined.unwrap_err().is_panic())),
    );
    assert!(mutex.try_lock().is_some());
}

#[test]
fn a_cell_is_made_once_and_anew_if_its_maker_left() {
    let cell = OnceCell::new();
    let mut leaves = Box::pin(cell.get_or_init(std::future::pending::<u32>));
    assert!(pending(leaves.as_mut()));
    drop(leaves);
    assert_eq!(
        cell.get_or_init(|| std::future::ready(1)).now_or_never(),
        Some(&1)
    );
    assert_eq!(
        cell.get_or_init(|| std::future::ready(2)).now_or_never(),
        Some(&1)
    );
}

#[test]
fn a_barrier_forgets_who_left_and_serves_again() {
    let barrier = Barrier::new(2);
    for _ in 0..2 {
        let mut leaves = Box::pin(barrier.wait());
        assert!(pending(leaves.as_mut()));
        drop(leaves);
        let (mut first, mut last) = (pin!(barrier.wait()), pin!(barrier.wait()));
        assert!(pending(first.as_mut()));
        let leads = |polled| matches!(polled, Poll::Ready(passed) if costate::sync::BarrierWaitResult::is_leader(&passed));
        assert!(leads(poll(last.as_mut())));
        assert!(!leads(poll(first.as_mut())));
    }
}

#[test]
fn children_are_cancelled_with_their_parent_and_not_the_other_way_round() {
    let parent = CancelToken::new();
    let (child, other) = (parent.child_token(), parent.child_token());
    let grandchild = child.child_token();
    child.cancel();
    assert!(grandchild.is_cancelled() && !parent.is_cancelled() && !other.is_cancelled());
    drop(parent.clone().drop_guard().disarm());
    assert!(!parent.is_cancelled());
    drop(parent.clone().drop_guard());
    assert!(other.is_cancelled() && parent.child_token().is_cancelled());
    assert_eq!(other.cancelled().now_or_never(), Some(()));
}

#[test]
fn many_children_take_no_recursion() {
    let root = CancelToken::new();
    let mut deepest = root.clone();
    for _ in 0..100_000 {
        drop(root.child_token());
        deepest = deepest.child_token();
    }
    // The chain in between is gone, but for its last; who has no parent isn't reached.
    root.cancel();
    assert!(!deepest.is_cancelled());
    let chain: Vec<CancelToken> = std::iter::successors(Some(CancelToken::new()), |parent| {
        Some(parent.child_token())
    })
    .take(100_000)
    .collect();
    chain[0].cancel();
    assert!(chain.iter().all(CancelToken::is_cancelled));
}

#[test]
fn threads_without_a_runtime_wake_tasks_and_are_woken() {
    let (bell, answer) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (heard, answers) = (Arc::clone(&bell), Arc::clone(&answer));
    let other = thread::spawn(move || {
        bell.notify_one();
        futures::executor::block_on(answer.notified());
    });
    block_on(heard.notified());
    answers.notify_one();
    other.join().unwrap();
}

#[test]
fn a_receiver_that_is_always_ready_lets_the_others_run() {
    #[costate::coroutine]
    fn greedy(log: Rc<RefCell<Vec<&'static str>>>) {
        let (sender, mut receiver) = costate::sync::mpsc::unbounded_channel();
        for n in 0..1000 {
            sender.send(n).unwrap();
        }
        drop(sender);
        while let Some(n) = receiver.recv().await {
            assert!(n < 1000);
        }
        log.borrow_mut().push("greedy");
    }
    let log = Rc::default();
    let other = Rc::clone(&log);
    block_on(
        lazy(|_| {
            let greedy = spawn_local(greedy(Rc::clone(&log)));
            let other = spawn_local(lazy(move |_| other.borrow_mut().push("other")));
            join(greedy, other)
        })
        .flatten(),
    );
    assert_eq!(*log.borrow(), ["other", "greedy"]);
}
