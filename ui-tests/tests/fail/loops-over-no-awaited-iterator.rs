//! What was awaited is no iterator.
#[costate::coroutine]
fn f() {
    for _ in std::future::ready(5u32).await {
        println!();
    }
}

fn main() {}
