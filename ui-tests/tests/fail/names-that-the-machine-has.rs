//! Unknown names that are words for much, also for what a machine has: each is one error.
use std::future::ready;

#[costate::coroutine]
fn f(mut n: u32) -> u32 {
    while n < 9 {
        n += ready(1).await;
        n += at + value + result;
    }
    ready(n + context + base + left).await
}

fn main() {}
