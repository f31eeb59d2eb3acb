//! A machine does nothing until it is polled, and calling the function is not polling.
#![deny(unused_must_use)]

#[costate::coroutine]
fn answer() {
    std::future::ready(()).await;
}

#[costate::coroutine]
fn twice() {
    answer().await;
    answer();
}

fn main() {}
