//! A way out among the tokens of a macro that nobody knows.
macro_rules! check {
    ($e:expr) => { $e };
}

#[costate::coroutine]
fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    defer! { println!("end"); }
    let n: u32 = check!(text.parse()?);
    std::future::ready(n).await;
    Ok(n)
}

fn main() {
    let _ = parse("1");
}
