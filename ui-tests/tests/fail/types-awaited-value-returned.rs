//! What is awaited at the end is no future, and not of the function's type.
#[costate::coroutine]
fn f(text: String) -> usize {
    std::future::ready(()).await;
    text.await
}

fn main() {}
