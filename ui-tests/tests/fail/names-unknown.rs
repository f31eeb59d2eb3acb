//! A name that there isn't is reported once.
#[costate::coroutine]
fn answer() -> u32 {
    std::future::ready(()).await;
    missing
}

fn main() {}
