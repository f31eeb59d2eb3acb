//! The attribute is written by its path, and the result is a future like any other.
#[costate::coroutine]
fn answer() -> u32 {
    let answer = std::future::ready(42).await;
    answer
}

fn main() {
    assert_eq!(costate::block_on(answer()), 42);
}
