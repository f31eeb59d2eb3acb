//! What one branch returns doesn't live long enough.
#[costate::coroutine]
fn longer<'a, 'b>(a: &'a str, b: &'b str) -> &'a str {
    std::future::ready(()).await;
    if a.len() > b.len() { a } else { b }
}

fn main() {}
