//! A method that is known to consume, behind a match that took a part.
#[costate::coroutine]
fn f(text: Option<String>) -> usize {
    match text {
        Some(text) => {
            std::future::ready(()).await;
            drop(text);
        }
        None => {}
    }
    text.map_or(0, |text| text.len())
}

fn main() {}
