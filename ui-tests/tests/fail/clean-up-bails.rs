//! `bail!` in clean-up, which has no way out.
macro_rules! bail {
    ($e:expr) => { return Err($e) };
}

#[costate::coroutine]
fn work(fail: bool) -> Result<(), u32> {
    defer! { bail!(1) }
    std::future::ready(()).await;
    if fail { bail!(2) }
    Ok(())
}

fn main() {
    let _ = work(true);
}
