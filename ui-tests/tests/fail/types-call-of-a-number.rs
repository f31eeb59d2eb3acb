//! A local that is no function is not called.
#[costate::coroutine]
fn f(n: u32) -> u32 {
    std::future::ready(()).await;
    n(3);
    std::future::ready(n).await
}

fn main() {}
