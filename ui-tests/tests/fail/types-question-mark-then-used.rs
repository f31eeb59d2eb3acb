//! What a `?` without an `.await` gives is of no type, and nothing more is said of it.
async fn read(n: u32) -> Result<u32, String> {
    Ok(n)
}

#[costate::coroutine]
fn sum(n: u32) -> Result<u32, String> {
    let first = read(n)?;
    let second = read(first).await?;
    Ok(first + second)
}

fn main() {
    drop(sum(1));
}
