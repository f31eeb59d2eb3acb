//! Clean-up that waits for nothing is what a guard's drop does in an `async fn`: on every way out, and dropped or cancelled
//! after any number of polls, and if it panics itself. (But not after a panic of the body, so these bodies throw none.)

use super::{cancel_after, panic_of, run};
use costate_tests::log::{self, say};
use costate_tests::props::{Noisy, noisy, tick};
use std::future::Future;
use std::task::{Context, Waker};

struct Guard(&'static str);

impl Drop for Guard {
    fn drop(&mut self) {
        say(self.0);
    }
}

#[costate::coroutine]
fn machine(way: u32) -> Option<u32> {
    let a = noisy("a");
    defer! { say("one"); }
    let mut n = 0;
    while n < 3 {
        let b = noisy("b");
        defer! { say("two"); }
        n += 1;
        tick(1).await;
        if way == 1 && n == 2 {
            continue;
        }
        defer! { say("three"); }
        match way {
            2 => break,
            3 => return Some(n),
            4 => {
                None::<Noisy>?;
            }
            _ => {}
        }
        let c = noisy("c");
        tick(1).await;
    }
    defer! { say("four"); }
    tick(1).await;
    Some(n)
}

async fn native(way: u32) -> Option<u32> {
    let a = noisy("a");
    let _one = Guard("one");
    let mut n = 0;
    while n < 3 {
        let b = noisy("b");
        let _two = Guard("two");
        n += 1;
        tick(1).await;
        if way == 1 && n == 2 {
            continue;
        }
        let _three = Guard("three");
        match way {
            2 => break,
            3 => return Some(n),
            4 => {
                None::<Noisy>?;
            }
            _ => {}
        }
        let c = noisy("c");
        tick(1).await;
    }
    let _four = Guard("four");
    tick(1).await;
    Some(n)
}

#[test]
fn every_way_out_is_that_of_a_guard() {
    for way in 0..5 {
        assert_eq!(run(machine(way)), run(native(way)), "way {way}");
    }
}

/// What is said when it is dropped after so many polls, if it has not ended by then.
fn dropped<F: Future>(polls: u32, future: F) -> Option<String> {
    let mut future = Box::pin(future);
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..polls {
        if future.as_mut().poll(&mut cx).is_ready() {
            let _ = log::take();
            return None;
        }
    }
    drop(future);
    Some(super::said())
}

#[test]
fn a_drop_and_a_cancellation_are_those_of_a_guard() {
    for way in 0..5 {
        for polls in 0..9 {
            let native = dropped(polls, native(way));
            assert_eq!(
                dropped(polls, machine(way)),
                native,
                "way {way}, {polls} polls"
            );
            if let Some(native) = native {
                let _ = log::take();
                let cancelled = cancel_after(polls, machine(way));
                assert!(
                    native.ends_with(&cancelled),
                    "way {way}, {polls} polls: {cancelled}"
                );
            }
        }
    }
}

/// Throws when it is dropped.
struct Thrower(&'static str);

impl Drop for Thrower {
    fn drop(&mut self) {
        throw(self.0);
    }
}

fn throw(name: &'static str) {
    say(name);
    std::panic::resume_unwind(Box::new(name));
}

/// `way`: how the scope of what panics is left.
#[costate::coroutine]
fn throwing(way: u32) -> Option<u32> {
    let a = noisy("a");
    defer! { say("one"); }
    for turn in 0..2 {
        let b = noisy("b");
        defer! { say("two"); }
        let c = noisy("c");
        defer! { throw("three"); }
        let d = noisy("d");
        tick(1).await;
        match way {
            1 => continue,
            2 => break,
            3 => return Some(turn),
            4 => {
                None::<Noisy>?;
            }
            _ => {}
        }
        defer! { say("four"); }
    }
    Some(0)
}

async fn throwing_native(way: u32) -> Option<u32> {
    let a = noisy("a");
    let _one = Guard("one");
    for turn in 0..2 {
        let b = noisy("b");
        let _two = Guard("two");
        let c = noisy("c");
        let _three = Thrower("three");
        let d = noisy("d");
        tick(1).await;
        match way {
            1 => continue,
            2 => break,
            3 => return Some(turn),
            4 => {
                None::<Noisy>?;
            }
            _ => {}
        }
        let _four = Guard("four");
    }
    Some(0)
}

#[test]
fn a_panic_in_it_is_that_of_a_guard() {
    for way in 0..5 {
        assert_eq!(
            panic_of(throwing(way)),
            panic_of(throwing_native(way)),
            "way {way}"
        );
    }
}
