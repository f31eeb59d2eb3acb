//! What is moved by the end of the scope can't be used in clean-up.
#[costate::coroutine]
fn send(text: String) {
    defer! { println!("{text}"); }
    std::future::ready(1).await;
    drop(text);
}

fn main() {
    let _ = send(String::new());
}
