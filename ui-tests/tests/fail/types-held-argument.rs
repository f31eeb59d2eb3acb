//! A held local of the wrong type is passed.
fn take(_: u32) {}
#[costate::coroutine]
fn f(text: String) {
    std::future::ready(()).await;
    take(text);
}

fn main() {}
