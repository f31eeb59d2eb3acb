//! Machines that are resumed when there is nothing to resume, or by themselves.

use costate_tests::props::{noisy, tick};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Wake, Waker};

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn panics(act: impl FnOnce()) -> bool {
    catch_unwind(AssertUnwindSafe(act)).is_err()
}

#[costate::coroutine]
fn two_names() -> u32 {
    let cell = Cell::new(0);
    let reference = &cell;
    tick(1).await;
    cell.set(1);
    reference.set(2);
    cell.get()
}

/// A machine that finds out where it stands by a stale tag would run its body on dead slots.
#[test]
fn an_ended_machine_refuses_every_further_poll() {
    let mut machine = pin!(two_names());
    assert!(poll(machine.as_mut()).is_pending());
    assert_eq!(poll(machine.as_mut()), Poll::Ready(2));
    for _ in 0..3 {
        assert!(panics(|| _ = poll(machine.as_mut())));
    }
}

#[costate::coroutine]
fn fail_after_a_suspension() -> usize {
    let text = String::from("held");
    let who = noisy("who");
    tick(1).await;
    assert!(who.name().is_empty(), "on purpose");
    tick(1).await;
    text.len()
}

/// After a panic the state is `Panicked`, with everything dropped already.
#[test]
fn a_panicked_machine_refuses_every_further_poll() {
    costate_tests::log::reset();
    let mut machine = Box::pin(fail_after_a_suspension());
    assert!(poll(machine.as_mut()).is_pending());
    for _ in 0..4 {
        assert!(panics(|| _ = poll(machine.as_mut())));
    }
    drop(machine);
    let events = costate_tests::log::take();
    let drops = events.iter().filter(|event| *event == "drop who").count();
    assert_eq!(drops, 1);
}

#[costate::coroutine]
fn poll_the_shared_slot(slot: Rc<RefCell<Option<Pin<Box<dyn Future<Output = ()>>>>>>) {
    let held = noisy("held");
    tick(1).await;
    let is_free = slot.try_borrow_mut().is_ok();
    assert!(!is_free, "whoever polls it has it borrowed");
    tick(1).await;
}

/// A machine can reach the place from which it is polled, and finds it locked.
#[test]
fn a_machine_cannot_poll_itself() {
    let slot = Rc::new(RefCell::new(None));
    let machine: Pin<Box<dyn Future<Output = ()>>> =
        Box::pin(poll_the_shared_slot(Rc::clone(&slot)));
    *slot.borrow_mut() = Some(machine);
    let mut answers = vec![];
    for _ in 0..3 {
        let mut borrowed = slot.borrow_mut();
        let machine = borrowed.as_mut().expect("it was put in");
        answers.push(poll(machine.as_mut()).is_ready());
    }
    assert_eq!(answers, [false, false, true]);
    slot.borrow_mut().take();
}

struct Count(AtomicU32);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// The waker of each poll reaches the innermost future of that poll.
#[test]
fn every_poll_hands_down_its_own_waker() {
    #[costate::coroutine]
    fn outer() {
        inner().await;
    }
    #[costate::coroutine]
    fn inner() {
        tick(2).await;
    }
    let mut machine = pin!(outer());
    for _ in 0..2 {
        let count = Arc::new(Count(AtomicU32::new(0)));
        let waker = Waker::from(Arc::clone(&count));
        let answer = machine.as_mut().poll(&mut Context::from_waker(&waker));
        assert!(answer.is_pending());
        assert_eq!(count.0.load(Ordering::Relaxed), 1);
    }
    assert!(poll(machine.as_mut()).is_ready());
}

/// The names of macros that never return are anybody's: what one of the user's own gives is a value, and the code
/// behind it runs.
mod with_a_macro_of_the_users_own {
    use costate_tests::differential;
    use costate_tests::props::*;

    macro_rules! todo {
        () => {
            5
        };
    }

    differential! {
        fn what_it_gives_is_used() -> u32 = start(true);
        #[half::coroutine]
        fn start(c: bool) -> u32 {
            let n = noisy("n");
            let x = if c { let y = { todo!() }; y } else { after(1, 3).await };
            tick(1).await;
            x + 1
        }
    }
}
