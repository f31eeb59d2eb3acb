//! A guard that suspends can move no more out of what its pattern binds than any other.
async fn is_long(text: String) -> bool {
    text.len() > 9
}

#[costate::coroutine]
fn kind(text: Option<String>) -> &'static str {
    match text {
        Some(text) if is_long(text).await => "long",
        _ => "short",
    }
}

fn main() {}
