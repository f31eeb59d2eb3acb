//! A local isn't moved while a borrow of it lives on across a suspension.
#[costate::coroutine]
fn move_it() -> usize {
    let text = String::from("borrowed");
    let part = &text[1..];
    std::future::ready(()).await;
    drop(text);
    std::future::ready(()).await;
    part.len()
}

fn main() {}
