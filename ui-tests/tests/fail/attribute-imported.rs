//! E0659: `coroutine` is a built-in attribute too, so it is written by its path.
use costate::coroutine;

#[coroutine]
fn answer() -> u32 {
    std::future::ready(42).await
}

fn main() {}
