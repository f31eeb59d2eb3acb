//! An argument too few.
fn take(_: u32, _: u32) {}
#[costate::coroutine]
fn f(n: u32) {
    std::future::ready(()).await;
    take(n);
}

fn main() {}
