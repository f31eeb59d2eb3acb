//! Tests of the guards.

use super::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;

struct Noisy<'a>(&'a Mutex<String>, char);

impl Drop for Noisy<'_> {
    fn drop(&mut self) {
        let mut log = match self.0.lock() {
            Ok(log) => log,
            Err(poisoned) => poisoned.into_inner(),
        };
        log.push(self.1);
        if self.1 == '!' {
            drop(log);
            panic!("drop");
        }
    }
}

fn logged(run: impl FnOnce(&Mutex<String>)) -> String {
    let log = Mutex::new(String::new());
    run(&log);
    log.into_inner()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

#[test]
fn a_guard_drops_what_was_not_taken_or_parked() {
    let dropped = logged(|log| {
        let (mut a, mut b, mut c) = (
            MaybeUninit::uninit(),
            MaybeUninit::uninit(),
            MaybeUninit::uninit(),
        );
        // SAFETY: the places outlive their guards.
        let (a, b, c) = unsafe {
            let live_a = Live::new(a.as_mut_ptr(), false);
            (
                live_a,
                Live::new(b.as_mut_ptr(), false),
                Live::new(c.as_mut_ptr(), false),
            )
        };
        a.init(Noisy(log, 'a'));
        b.init(Noisy(log, 'b'));
        c.init(Noisy(log, 'c'));
        // SAFETY: it was written above.
        let taken = unsafe { a.take() };
        assert!(!a.is_live() && b.is_live());
        c.park();
        drop(b);
        drop((a, c));
        log.lock().unwrap().push('|');
        drop(taken);
    });
    assert_eq!(dropped, "b|a");
}

#[test]
fn assignment_drops_the_old_value_only_if_there_is_one() {
    let dropped = logged(|log| {
        let mut room = MaybeUninit::uninit();
        // SAFETY: the room outlives the guard.
        let guard = unsafe { Live::new(room.as_mut_ptr(), false) };
        guard.assign(Noisy(log, '1'));
        guard.assign(Noisy(log, '2'));
        // SAFETY: it holds the second value.
        drop(unsafe { guard.take() });
        guard.assign(Noisy(log, '3'));
        guard.end();
        guard.end();
    });
    assert_eq!(dropped, "123");
}

#[test]
fn a_panicking_drop_in_an_assignment_leaves_the_new_value_to_the_guard() {
    let dropped = logged(|log| {
        let mut room = MaybeUninit::uninit();
        // SAFETY: the room outlives the guard.
        let guard = unsafe { Live::new(room.as_mut_ptr(), false) };
        guard.init(Noisy(log, '!'));
        let result = catch_unwind(AssertUnwindSafe(|| guard.assign(Noisy(log, 'n'))));
        assert!(result.is_err() && guard.is_live());
    });
    assert_eq!(dropped, "!n");
}

#[test]
fn held_values_can_be_borrowed_past_their_guard() {
    let mut room = MaybeUninit::uninit();
    // SAFETY: the room outlives the guard and the borrow, which ends before the guard does.
    unsafe {
        let guard = Live::new(room.as_mut_ptr(), false);
        let text = guard.hold(String::from("a"), PhantomData::<&()>);
        text.push('b');
        assert_eq!(text, "ab");
    }
}
