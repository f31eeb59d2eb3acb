//! A value that the awaited future took is gone.
#[costate::coroutine]
fn send(text: String) -> usize {
    std::future::ready(text).await;
    text.len()
}

fn main() {}
