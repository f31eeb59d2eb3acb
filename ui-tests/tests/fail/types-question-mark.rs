//! `?` where the function returns no `Result`.
#[costate::coroutine]
fn parse(text: &str) -> u32 {
    std::future::ready(()).await;
    let number: u32 = text.parse()?;
    number
}

fn main() {}
