//! A closure has taken the local.
#[costate::coroutine]
fn f(text: String) -> usize {
    let len = move || text.len();
    std::future::ready(()).await;
    len() + text.len()
}

fn main() {}
