//! What a future gives is of the wrong type: said once, over all of the suspension.
#[costate::coroutine]
fn length(flag: u8) -> usize {
    let text: String = std::future::ready("text").await;
    if std::future::ready(flag).await {
        return 0;
    }
    text.len()
}

fn main() {}
