//! A borrow held across a suspension excludes others, as anywhere.
#[costate::coroutine]
fn push(mut words: Vec<String>) -> usize {
    let first = &words[0];
    std::future::ready(()).await;
    words.push(String::new());
    first.len()
}

fn main() {}
