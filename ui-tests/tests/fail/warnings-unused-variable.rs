//! An unused variable is reported, once, at the user's name.
#![deny(unused_variables)]

#[costate::coroutine]
fn answer() -> u32 {
    let unused = 1;
    std::future::ready(42).await
}

fn main() {}
