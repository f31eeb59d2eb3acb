//! `?` on what is neither a `Result` nor an `Option`, and on an `Option` where a `Result` is returned.
#[costate::coroutine]
fn sum(maybe: Option<u32>) -> Result<u32, String> {
    let one = std::future::ready(1_u32).await?;
    let two = std::future::ready(maybe).await?;
    Ok(one + two)
}

fn main() {}
