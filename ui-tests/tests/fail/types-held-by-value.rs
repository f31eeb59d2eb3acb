//! A value is passed where a reference is due.
fn take(_: &String) {}
#[costate::coroutine]
fn f(text: String) {
    std::future::ready(()).await;
    take(text);
}

fn main() {}
