//! What is borrowed for what the function returns can't be changed in clean-up.
#[costate::coroutine]
fn first(names: &mut Vec<String>) -> &str {
    defer! { names.clear(); }
    std::future::ready(1).await;
    &names[0]
}

fn main() {
    let _ = first(&mut Vec::new());
}
