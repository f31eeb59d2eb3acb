//! A lock that is held across a suspension keeps the machine from being `Send`.
use std::sync::Mutex;

#[costate::coroutine(Send)]
fn add(sum: &Mutex<u32>, n: u32) -> u32 {
    let mut sum = sum.lock().expect("not poisoned");
    *sum += n;
    std::future::ready(()).await;
    *sum
}

fn main() {}
