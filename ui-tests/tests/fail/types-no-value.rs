//! A semicolon too many: the function has no value.
#[costate::coroutine]
fn f() -> u32 {
    let x = std::future::ready(4).await;
    x + 1;
}

fn main() {}
