//! A function without a type has no value.
#[costate::coroutine]
fn f() {
    std::future::ready(()).await;
    42
}

fn main() {}
