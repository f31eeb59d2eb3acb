//! A held local that is no future.
#[costate::coroutine]
fn f(n: String) -> usize {
    std::future::ready(()).await;
    n.await;
    3
}

fn main() {}
