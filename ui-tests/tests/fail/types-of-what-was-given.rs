//! A wrong type for what was awaited, and an assignment of another one: each is said once.
#[costate::coroutine]
fn f(mut count: usize) -> Option<usize> {
    let first: char = std::future::ready(Some(1)).await?;
    count = "none";
    std::future::ready(()).await;
    Some(count)
}

fn main() {}
