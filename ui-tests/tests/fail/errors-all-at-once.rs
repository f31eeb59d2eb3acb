//! Several mistakes are several errors of one run.
#[costate::coroutine(fast)]
fn sum() -> u32 {
    let read = || std::future::ready(1).await;
    let total = read() + std::future::ready(2).await;
    yield_!(total);
    total
}

fn main() {}
