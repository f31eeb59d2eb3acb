//! `return;` in a function that has a value.
#[costate::coroutine]
fn f(b: bool) -> u32 {
    std::future::ready(()).await;
    if b {
        return;
    }
    3
}

fn main() {}
