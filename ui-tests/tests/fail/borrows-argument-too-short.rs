//! A machine that borrows can't outlive what it borrows from.
#[costate::coroutine]
fn length(text: &str) -> usize {
    std::future::ready(()).await;
    text.len()
}

fn keep(_machine: impl Future + 'static) {}

fn main() {
    let text = String::from("short");
    keep(length(&text));
}
