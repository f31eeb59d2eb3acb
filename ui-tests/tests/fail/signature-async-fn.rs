//! An `async fn` is one already: the attribute says to drop the keyword.
#[costate::coroutine]
async fn answer() -> u32 {
    std::future::ready(42).await
}

fn main() {}
