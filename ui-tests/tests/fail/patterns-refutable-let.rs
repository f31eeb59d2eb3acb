//! A pattern that may not match needs an `else`.
#[costate::coroutine]
fn f() -> u32 {
    let Some(n) = std::future::ready(Some(3)).await;
    n
}

fn main() {}
