//! A value can't be moved while a borrow of it is held across a suspension.
#[costate::coroutine]
fn first(words: Vec<String>) -> usize {
    let first = &words[0];
    std::future::ready(()).await;
    drop(words);
    first.len()
}

fn main() {}
