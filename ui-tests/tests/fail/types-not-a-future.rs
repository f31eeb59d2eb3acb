//! Only what is a future can be awaited.
#[costate::coroutine]
fn answer() -> u32 {
    let answer = 42u32.await;
    answer
}

fn main() {}
