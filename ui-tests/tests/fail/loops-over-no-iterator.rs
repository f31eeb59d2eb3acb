//! A number is no iterator; its body suspends.
#[costate::coroutine]
fn f(n: u32) {
    for _ in n {
        std::future::ready(()).await;
    }
}

fn main() {}
