//! Suspensions among operands: what comes before the last is spilled, what comes after it stays inline.

use std::future::ready;

#[costate::coroutine]
fn operands(mut list: Vec<u32>, at: usize) -> u32 {
    let sum = u32::max(list[0], ready(list.len() as u32).await) + ready(1).await * 2;
    list.push(ready(sum).await);
    list[at] += ready(sum).await;
    sum
}

fn main() {}
