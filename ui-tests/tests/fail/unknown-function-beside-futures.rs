//! A misspelt function that is awaited is one error, whatever else the body awaits and holds.
use std::future::ready;

#[costate::coroutine]
fn sum(x: u32) -> u32 {
    let text = String::new();
    let b = ready(1).await;
    let c = frobnicate(x).await;
    ready(&text).await;
    b + c
}

fn main() {
    let _ = sum(1);
}
