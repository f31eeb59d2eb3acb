//! Closures and async blocks that outlive the machine by which they were made: what they captured
//! must be values, never addresses inside the machine.

use costate_tests::props::{noisy, tick};
use std::cell::RefCell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

type Registry = Rc<RefCell<Vec<Box<dyn FnMut() -> u64>>>>;
type Spawned = Rc<RefCell<Vec<Pin<Box<dyn Future<Output = u64>>>>>>;

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Polls once, drops, and writes over the memory where the machine was.
fn start_and_drop(machine: impl Future) {
    let mut machine = Box::pin(machine);
    assert!(poll(machine.as_mut()).is_pending());
    let size = std::mem::size_of_val(&*machine);
    drop(machine);
    std::hint::black_box(vec![0xAA_u8; size]);
}

#[costate::coroutine]
fn register_a_number(registry: Registry) {
    let n = 5_u64;
    registry.borrow_mut().push(Box::new(move || n));
    tick(1).await;
    registry.borrow_mut().push(Box::new(move || n + 1));
}

/// A machine that captured the slot's address would read freed memory.
#[test]
fn a_registered_closure_owns_its_number() {
    let registry = Registry::default();
    start_and_drop(register_a_number(Rc::clone(&registry)));
    assert_eq!(registry.borrow_mut()[0](), 5);
}

#[costate::coroutine]
fn register_a_counter(registry: Registry) -> u64 {
    let mut n = 0_u64;
    registry.borrow_mut().push(Box::new(move || {
        n += 1;
        n
    }));
    tick(1).await;
    n
}

/// A machine that captured the slot would count in its own local.
#[test]
fn a_move_closure_counts_in_its_own_copy() {
    let registry = Registry::default();
    let mut machine = pin!(register_a_counter(Rc::clone(&registry)));
    assert!(poll(machine.as_mut()).is_pending());
    let calls = [(); 3].map(|()| registry.borrow_mut()[0]());
    assert_eq!(calls, [1, 2, 3]);
    assert_eq!(poll(machine.as_mut()), Poll::Ready(0));
}

#[costate::coroutine]
fn spawn_an_async_block(spawned: Spawned) {
    let n = 7_u64;
    let text = String::from("seven");
    spawned
        .borrow_mut()
        .push(Box::pin(async move { n + text.len() as u64 }));
    tick(1).await;
}

/// An `async move` block captures like a closure.
#[test]
fn a_spawned_async_block_owns_what_it_captured() {
    let spawned = Spawned::default();
    start_and_drop(spawn_an_async_block(Rc::clone(&spawned)));
    let mut block = spawned.borrow_mut().pop().expect("one was spawned");
    assert_eq!(poll(block.as_mut()), Poll::Ready(12));
}

#[costate::coroutine]
fn share_with_a_thread() -> u64 {
    let n = 20_u64;
    let list = vec![1_u64, 2];
    tick(1).await;
    let more: Vec<u64> = list.iter().map(|item| item + n).collect();
    let sum = std::thread::scope(|scope| {
        let borrowed = scope.spawn(|| n + list[0]);
        let moved = scope.spawn(move || n);
        borrowed.join().unwrap_or(0) + moved.join().unwrap_or(0)
    });
    tick(1).await;
    sum + more[1]
}

/// Scoped threads borrow held locals: their places, as `async fn` would.
#[test]
fn scoped_threads_borrow_held_locals() {
    let mut machine = pin!(share_with_a_thread());
    assert!(poll(machine.as_mut()).is_pending());
    assert!(poll(machine.as_mut()).is_pending());
    assert_eq!(poll(machine.as_mut()), Poll::Ready(63));
}

static KEPT: Mutex<Option<&'static [u64; 2]>> = Mutex::new(None);

fn keep(numbers: &'static [u64; 2]) {
    *KEPT.lock().expect("no test panics while it holds it") = Some(numbers);
}

#[costate::coroutine]
fn keep_a_promoted_constant() {
    let numbers = &[7, 8];
    keep(numbers);
    tick(1).await;
}

/// A machine that gave the constant a slot would have handed out an address inside itself.
#[test]
fn a_promoted_constant_outlives_the_machine() {
    start_and_drop(keep_a_promoted_constant());
    assert_eq!(*KEPT.lock().expect("as above"), Some(&[7, 8]));
}

#[costate::coroutine]
fn hand_out_a_shared_pointer(out: Arc<Mutex<Vec<Arc<String>>>>) {
    let text = Arc::new(String::from("shared"));
    let again = Arc::clone(&text);
    let push = move || {
        if let Ok(mut out) = out.lock() {
            out.push(again);
        }
    };
    tick(1).await;
    {
        let once = push;
        once();
    }
    tick(1).await;
}

/// A capture that is read bitwise and dropped with the machine too would be freed twice.
#[test]
fn a_captured_pointer_is_counted_once() {
    let out = Arc::new(Mutex::new(vec![]));
    let mut machine = Box::pin(hand_out_a_shared_pointer(Arc::clone(&out)));
    assert!(poll(machine.as_mut()).is_pending());
    assert!(poll(machine.as_mut()).is_pending());
    let text = out.lock().expect("not poisoned").pop().expect("pushed");
    assert_eq!(Arc::strong_count(&text), 2);
    drop(machine);
    assert_eq!(Arc::strong_count(&text), 1);
    assert_eq!(Arc::strong_count(&out), 1);
}

#[costate::coroutine]
fn hold_a_mutable_closure() -> u64 {
    let mut sum = 0;
    let who = noisy("captured");
    let mut add = |n: u64| {
        sum += n + who.name().len() as u64;
        sum
    };
    add(1);
    tick(1).await;
    let last = add(2);
    tick(1).await;
    last + sum
}

/// A closure over held locals that is itself held sees them where they stay.
#[test]
fn a_held_closure_changes_the_local_and_not_a_copy() {
    let mut machine = pin!(hold_a_mutable_closure());
    assert!(poll(machine.as_mut()).is_pending());
    assert!(poll(machine.as_mut()).is_pending());
    assert_eq!(poll(machine.as_mut()), Poll::Ready(38));
}
