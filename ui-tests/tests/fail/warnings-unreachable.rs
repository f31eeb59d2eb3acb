//! Code that is never reached is reported.
#![deny(unreachable_code)]

#[costate::coroutine]
fn answer() -> u32 {
    return 42;
    std::future::ready(()).await;
    43
}

fn main() {}
