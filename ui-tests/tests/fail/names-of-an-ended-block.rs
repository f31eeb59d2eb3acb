//! A name whose block has ended: rustc says where it was bound, and says it once.

use std::future::{Ready, ready};

fn send(_: u32) -> Ready<()> {
    ready(())
}

#[costate::coroutine]
fn conditional(n: u32) -> u32 {
    if n > 3 {
        let doubled = ready(2 * n).await;
        send(doubled).await;
    }
    doubled + 1
}

#[costate::coroutine]
fn repeated(n: u32) -> u32 {
    for item in 0..n {
        let last = item;
        send(last).await;
    }
    let shown = last;
    send(shown).await;
    item
}

#[costate::coroutine]
fn in_a_closure(numbers: Vec<u32>) -> u32 {
    {
        let id = numbers.len();
        ready(id).await;
    }
    numbers.iter().fold(0, |sum, idx| sum + idx + id)
}

fn main() {}
