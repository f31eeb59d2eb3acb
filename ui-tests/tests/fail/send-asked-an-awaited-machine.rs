//! What is awaited has to be `Send`, with all that it holds.
use std::rc::Rc;

#[costate::coroutine]
fn inner() -> u32 {
    let shared = Rc::new(1);
    std::future::ready(()).await;
    *shared
}

#[costate::coroutine(Send)]
fn outer() -> u32 {
    inner().await
}

fn main() {}
