//! An `async` block inside is the user's own: its suspensions are not the coroutine's.
#[costate::coroutine]
fn answer() -> u32 {
    let inner = async { std::future::ready(40).await + 2 };
    let answer = inner.await;
    answer
}

fn main() {
    assert_eq!(costate::block_on(answer()), 42);
}
