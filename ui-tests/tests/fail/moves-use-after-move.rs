//! A value that was moved before a suspension isn't there after it.
#[costate::coroutine]
fn twice(text: String) -> usize {
    drop(text);
    std::future::ready(()).await;
    text.len()
}

fn main() {}
