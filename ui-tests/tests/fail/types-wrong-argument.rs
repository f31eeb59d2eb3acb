//! A coroutine is called like the function that it is written as.
#[costate::coroutine]
fn double(n: u32) -> u32 {
    std::future::ready(()).await;
    n * 2
}

fn main() {
    let _ = double("two");
}
