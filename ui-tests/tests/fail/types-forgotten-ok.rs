//! The value of a function that may fail is wrapped.
#[costate::coroutine]
fn f() -> Result<u32, String> {
    let n = std::future::ready(3).await;
    n
}

fn main() {}
