//! What a future gave is awaited again.
#[costate::coroutine]
fn f() {
    std::future::ready(()).await.await;
}

fn main() {}
