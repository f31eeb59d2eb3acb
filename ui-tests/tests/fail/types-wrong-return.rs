//! The body's value isn't of the declared type.
#[costate::coroutine]
fn answer() -> u32 {
    let answer = std::future::ready("42").await;
    answer
}

fn main() {}
