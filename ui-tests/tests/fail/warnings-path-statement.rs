//! A statement without effect is warned of once.
#![deny(path_statements)]

#[costate::coroutine]
fn f(n: u32) {
    std::future::ready(4).await;
    n;
}

fn main() {}
