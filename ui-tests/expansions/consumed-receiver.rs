//! A held local whose method may take it by value: rustc is asked.
#[costate::coroutine]
fn page(address: &str) -> Result<String, Error> {
    let response = get(address).await?;
    let text = response.text().await?;
    Ok(text)
}
