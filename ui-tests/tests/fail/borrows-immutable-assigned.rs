//! A local that isn't `mut` is assigned once.
#[costate::coroutine]
fn count() -> u32 {
    let total = 0;
    std::future::ready(()).await;
    total += 1;
    total
}

fn main() {}
