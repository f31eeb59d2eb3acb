//! `?` in a `defer!`: the error is handled there.
#[costate::coroutine]
fn close(text: &str) -> Result<u32, std::num::ParseIntError> {
    defer! { text.parse::<u32>()?; }
    std::future::ready(1).await;
    Ok(1)
}

fn main() {
    let _ = close("1");
}
