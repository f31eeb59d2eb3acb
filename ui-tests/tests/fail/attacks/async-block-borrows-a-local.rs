//! An async block that borrows a held local can't leave the machine.
use std::pin::Pin;

fn spawn(_: Pin<Box<dyn Future<Output = u64>>>) {}

#[costate::coroutine]
fn start() {
    let n = 5_u64;
    spawn(Box::pin(async { n + 1 }));
    std::future::ready(()).await;
    drop(n);
}

fn main() {}
