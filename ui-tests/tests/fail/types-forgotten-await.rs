//! A coroutine that isn't awaited is not its result.
#[costate::coroutine]
fn answer() -> u32 {
    std::future::ready(42).await
}

#[costate::coroutine]
fn next() -> u32 {
    let answer: u32 = answer();
    answer
}

fn main() {}
