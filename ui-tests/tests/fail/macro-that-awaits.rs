//! Macros of other crates of which it is known that they await in their expansion.

async fn one() -> u32 {
    1
}

#[costate::coroutine]
fn both() -> u32 {
    let (a, b) = tokio::join!(one(), one());
    a + b
}

fn main() {
    costate::block_on(both());
}
