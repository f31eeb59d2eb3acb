//! There is nothing to return an error in, and something else is wrong, too.
#[costate::coroutine]
fn f(text: &str) {
    let n: u32 = text.parse()?;
    let list = (0..n).map(|n| n.to_string()).collect::<Vec<_>>();
    std::future::ready(()).await;
    let first: &str = list.first()?;
    let wrong: u8 = std::future::ready(first).await;
}

fn main() {}
