//! What is not a constant isn't promoted to `'static`.
fn keep(_: &'static [u64; 1]) {}

#[costate::coroutine]
fn start(n: u64) {
    let numbers = &[n + 1];
    keep(numbers);
    std::future::ready(()).await;
}

fn main() {}
