//! Not beside `&&`, but in a condition.
#[costate::coroutine]
fn both() -> bool {
    let both = std::future::ready(true).await && std::future::ready(true).await;
    both
}

fn main() {}
