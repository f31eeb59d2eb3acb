//! `?` on an error that doesn't turn into the function's.
struct Mine;

#[costate::coroutine]
fn parse(text: &str) -> Result<u32, Mine> {
    let number = std::future::ready(text.parse::<u32>()).await?;
    Ok(number)
}

fn main() {}
