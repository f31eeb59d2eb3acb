//! A value that nobody uses is warned about once, also where its operands suspend.
#![deny(unused_must_use)]

#[costate::coroutine]
fn add() {
    std::future::ready(1).await + std::future::ready(2).await;
}

fn main() {}
