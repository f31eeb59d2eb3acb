//! Items of the user's may be called as variables in the machine are.
use std::future::ready;

const STEP: u32 = 1;

fn result() -> u32 {
    2
}

fn stepped(n: u32) -> u32 {
    n + STEP
}

fn arm() -> u32 {
    3
}

#[costate::coroutine]
fn f() -> u32 {
    let mut n = 0;
    while n < 9 {
        n += ready(result()).await + stepped(arm());
    }
    n + result()
}

fn main() {
    assert_eq!(costate::block_on(f()), 14);
}
