//! A closure is a function of its own: it can't suspend the one around it.
#[costate::coroutine]
fn sum() -> u32 {
    let read = || std::future::ready(1).await;
    read()
}

fn main() {}
