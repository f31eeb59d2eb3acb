//! How much stack a poll takes of a machine that holds a large array: the array is built where it stays, and nothing copies
//! it from one suspension to the next. The threads' stacks are smaller than one such array, with and without
//! optimisations.

use costate_tests::once::once;
use std::future::Future;
use std::task::{Context, Poll, Waker};

const LARGE: usize = 64 * 1024;

/// Polls to the end on a thread with half the stack that the array would take.
fn on_a_small_stack<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let mut future = Box::pin(future);
    let small = std::thread::Builder::new().stack_size(LARGE / 2);
    let polls = move || {
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
                return value;
            }
        }
    };
    let thread = small.spawn(polls).expect("a thread");
    thread.join().expect("no panic")
}

#[costate::coroutine]
fn zeros(mark: u8) -> usize {
    let mut buf = [0; LARGE];
    buf[3] = mark;
    once().await;
    buf[LARGE - 1] = mark;
    once().await;
    buf.iter().map(|byte| usize::from(*byte)).sum()
}

#[test]
fn an_array_of_literals_is_built_in_place() {
    assert_eq!(on_a_small_stack(zeros(2)), 4);
}

#[costate::coroutine]
fn annotated(mark: u8) -> usize {
    let buf: [u16; LARGE / 2] = [mark as u16; LARGE / 2];
    once().await;
    once().await;
    buf.iter().map(|word| usize::from(*word)).sum()
}

#[test]
fn an_array_of_a_local_is_built_in_place() {
    assert_eq!(on_a_small_stack(annotated(2)), LARGE);
}

#[costate::coroutine]
fn one_of_two(mark: u8) -> usize {
    let mut buf: [u8; LARGE];
    if mark > 1 {
        buf = [1; LARGE];
    } else {
        buf = [mark; LARGE];
    }
    once().await;
    let sum = buf.iter().map(|byte| usize::from(*byte)).sum();
    buf = [7; LARGE];
    once().await;
    assert_eq!(buf[9], 7);
    sum
}

#[test]
fn what_is_assigned_is_built_in_place() {
    assert_eq!(on_a_small_stack(one_of_two(2)), LARGE);
    assert_eq!(on_a_small_stack(one_of_two(0)), 0);
}

#[costate::coroutine]
fn rows() -> usize {
    let mut sum = 0;
    for _ in 0..3 {
        let mut table = [[0_u8; 256]; 256];
        once().await;
        table[255][255] += 1;
        once().await;
        sum += usize::from(table[255][255]);
    }
    sum
}

#[test]
fn an_array_of_arrays_is_built_in_place_each_time_round() {
    assert_eq!(on_a_small_stack(rows()), 3);
}

#[costate::coroutine]
fn argument(buf: [u8; LARGE]) -> usize {
    once().await;
    let first = buf[0];
    once().await;
    usize::from(first) + buf.iter().map(|byte| usize::from(*byte)).sum::<usize>()
}

#[test]
fn an_argument_stays_where_the_call_has_put_it() {
    assert_eq!(on_a_small_stack(argument([1; LARGE])), 1 + LARGE);
}

#[costate::coroutine]
fn held_and_not_borrowed(count: u8) -> u64 {
    let buf = [count; LARGE];
    for _ in 0..count {
        once().await;
    }
    // Neither borrowed nor mentioned until here.
    u64::from(buf[LARGE / 2])
}

#[test]
fn what_is_not_borrowed_is_not_copied_at_a_transition() {
    assert_eq!(on_a_small_stack(held_and_not_borrowed(9)), 9);
}
