//! Not as the receiver of a method.
#[costate::coroutine]
fn text() -> String {
    let text = std::future::ready(2).await.to_string();
    text
}

fn main() {}
