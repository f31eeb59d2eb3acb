//! A tuple of two is none of three.
#[costate::coroutine]
fn f() -> u32 {
    let (a, b) = std::future::ready((1, 2, 3)).await;
    a + b
}

fn main() {}
