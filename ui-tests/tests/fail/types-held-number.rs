//! A number of another size is passed.
fn take(_: u64) {}
#[costate::coroutine]
fn f(n: u32) {
    std::future::ready(()).await;
    take(n);
    std::future::ready(n).await;
}

fn main() {}
