//! A result that was awaited and is not looked at.
#![deny(unused_must_use)]

#[costate::coroutine]
fn f() {
    std::future::ready("3".parse::<u32>()).await;
}

fn main() {}
