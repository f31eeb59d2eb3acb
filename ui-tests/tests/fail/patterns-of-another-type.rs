//! `Ok` is no pattern for an `Option`.
#[costate::coroutine]
fn f(o: Option<u32>) -> u32 {
    match o {
        Ok(n) => std::future::ready(n).await,
        _ => 2,
    }
}

fn main() {}
