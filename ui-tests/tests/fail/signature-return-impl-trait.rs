//! A return type has to be named.
#[costate::coroutine]
fn numbers() -> impl Iterator<Item = u32> {
    std::future::ready(()).await;
    0..3
}

fn main() {}
