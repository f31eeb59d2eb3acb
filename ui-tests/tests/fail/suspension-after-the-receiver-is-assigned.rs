//! A receiver that its own arguments assign is bound first.
#[costate::coroutine]
fn larger(mut n: u32) -> u32 {
    n.max({
        n = std::future::ready(1).await;
        n
    })
}

fn main() {}
