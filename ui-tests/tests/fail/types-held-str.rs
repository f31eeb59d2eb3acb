//! A `&str` is no `String`.
fn take(_: String) {}
#[costate::coroutine]
fn f(text: &str) {
    std::future::ready(()).await;
    take(text);
}

fn main() {}
