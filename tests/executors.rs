//! Machines on other runtimes, and other people's futures on ours.
//!
//! Nothing here waits for time to pass: every task waits for another one.

use futures::channel::{mpsc, oneshot};
use futures::{SinkExt, StreamExt};
use std::future::Future;
use std::sync::Arc;

/// Machines are asked to be `Send` where an executor has threads.
fn is_send<T: Send>(value: T) -> T {
    value
}

#[costate::coroutine]
fn send_all(mut to: mpsc::Sender<u32>, count: u32) -> Result<u32, mpsc::SendError> {
    let mut sum = 0;
    for n in 0..count {
        to.send(n).await?;
        sum += n;
    }
    Ok(sum)
}

#[costate::coroutine]
fn receive_all(mut from: mpsc::Receiver<u32>) -> u32 {
    let mut sum = 0;
    while let Some(n) = from.next().await {
        sum += n;
    }
    sum
}

/// Two machines and a channel of one place, which makes both of them wait many times.
#[costate::coroutine]
fn transfer(count: u32) -> (u32, u32) {
    let (to, from) = mpsc::channel(0);
    let (sent, received) = futures::future::join(send_all(to, count), receive_all(from)).await;
    (sent.unwrap_or(0), received)
}

#[costate::coroutine]
fn ask(question: oneshot::Sender<oneshot::Sender<u32>>) -> Result<u32, oneshot::Canceled> {
    let (to, answer) = oneshot::channel();
    if question.send(to).is_err() {
        return Err(oneshot::Canceled);
    }
    let n = answer.await?;
    Ok(n + 1)
}

#[costate::coroutine]
fn answer(question: oneshot::Receiver<oneshot::Sender<u32>>) -> bool {
    let Ok(to) = question.await else {
        return false;
    };
    to.send(41).is_ok()
}

#[test]
fn a_machine_runs_on_tokio_in_one_thread() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime without drivers");
    assert_eq!(runtime.block_on(transfer(20)), (190, 190));
}

#[test]
fn machines_are_spawned_on_the_threads_of_tokio() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .expect("two threads");
    let (to, from) = oneshot::channel();
    let asking = runtime.spawn(is_send(ask(to)));
    let answering = runtime.spawn(is_send(answer(from)));
    let (asked, answered) = runtime.block_on(futures::future::join(asking, answering));
    assert_eq!(asked.expect("not aborted"), Ok(42));
    assert!(answered.expect("not aborted"));
}

#[test]
fn a_machine_runs_on_smol() {
    assert_eq!(smol::block_on(transfer(20)), (190, 190));
}

#[test]
fn machines_are_spawned_on_the_threads_of_smol() {
    let (to, from) = oneshot::channel();
    let asking = smol::spawn(is_send(ask(to)));
    let answering = smol::spawn(is_send(answer(from)));
    let (asked, answered) = smol::block_on(futures::future::join(asking, answering));
    assert_eq!((asked, answered), (Ok(42), true));
}

#[test]
fn a_machine_runs_on_the_executor_of_futures() {
    assert_eq!(futures::executor::block_on(transfer(20)), (190, 190));
    let mut pool = futures::executor::LocalPool::new();
    assert_eq!(pool.run_until(transfer(3)), (3, 3));
}

#[test]
fn channels_of_futures_run_on_costate() {
    assert_eq!(costate::block_on(transfer(20)), (190, 190));
}

#[test]
fn spawned_machines_meet_through_a_foreign_oneshot() {
    #[costate::coroutine]
    fn both() -> (Result<u32, oneshot::Canceled>, bool) {
        let (to, from) = oneshot::channel();
        let asking = costate::spawn(ask(to));
        let answering = costate::spawn(answer(from));
        let asked = asking.await;
        let answered = answering.await;
        (asked, answered)
    }
    assert_eq!(costate::block_on(both()), (Ok(42), true));
}

#[test]
fn a_sender_that_is_dropped_ends_a_task_of_costate() {
    #[costate::coroutine]
    fn start() -> bool {
        let (to, from) = oneshot::channel();
        let answering = costate::spawn(answer(from));
        drop(to);
        answering.await
    }
    assert!(!costate::block_on(start()));
}

#[costate::coroutine]
fn add_under_a_lock(
    sum: Arc<tokio::sync::Mutex<u32>>,
    done: tokio::sync::mpsc::Sender<u32>,
    n: u32,
) {
    for _ in 0..n {
        let mut guard = sum.lock().await;
        costate::task::yield_now().await;
        *guard += 1;
    }
    let _ = done.send(n).await;
}

#[test]
fn locks_and_channels_of_tokio_run_on_costate() {
    #[costate::coroutine]
    fn start() -> (u32, u32) {
        let sum = Arc::new(tokio::sync::Mutex::new(0));
        let (to, mut from) = tokio::sync::mpsc::channel(1);
        for n in 1..4 {
            costate::spawn(add_under_a_lock(Arc::clone(&sum), to.clone(), n)).detach();
        }
        drop(to);
        let mut reported = 0;
        while let Some(n) = from.recv().await {
            reported += n;
        }
        let guard = sum.lock().await;
        (*guard, reported)
    }
    assert_eq!(costate::block_on(start()), (6, 6));
}

#[test]
fn a_future_that_is_woken_from_another_thread_runs_on_costate() {
    #[costate::coroutine]
    fn start() -> Result<u32, oneshot::Canceled> {
        let (to, from) = oneshot::channel();
        let thread = std::thread::spawn(move || to.send(7));
        let n = from.await?;
        assert_eq!(thread.join().expect("it does not panic"), Ok(()));
        Ok(n)
    }
    assert_eq!(costate::block_on(start()), Ok(7));
}

#[test]
fn an_async_block_awaits_a_machine_and_a_machine_an_async_block() {
    #[costate::coroutine]
    fn call(block: impl Future<Output = u32>) -> u32 {
        let n = block.await;
        let m = async { n + 1 }.await;
        n + m
    }
    let answer = costate::block_on(async {
        let inner = call(async { 3 }).await;
        call(std::future::ready(inner)).await
    });
    assert_eq!(answer, 15);
}
