//! Clean-up that panics or waits for ever is no reason for a warning.
#![deny(warnings)]

use costate::task::yield_now;

fn throw() -> ! {
    std::panic::resume_unwind(Box::new(1))
}

#[costate::coroutine]
fn ways(way: u32) -> u32 {
    on_cancel! { yield_now().await; panic!("{way}"); }
    on_cancel! { panic!("{way}"); }
    loop {
        defer! { yield_now().await; throw(); }
        yield_now().await;
        match way {
            0 => break,
            1 => continue,
            _ => {}
        }
    }
    2
}

#[costate::coroutine]
fn never() {
    defer! { loop { yield_now().await; } }
    std::future::pending().await
}

#[costate::coroutine]
fn not_yet(n: u32) -> u32 {
    defer! { todo!() }
    yield_now().await;
    n
}

/// The outer one is there if the inner one panics.
#[costate::coroutine]
fn serves() -> ! {
    defer! { println!("outer"); }
    defer! { println!("inner"); }
    loop {
        yield_now().await;
    }
}

fn main() {
    drop((ways(1), never(), not_yet(1), serves()));
}
