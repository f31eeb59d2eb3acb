//! Variadic arguments can't be held.
#[costate::coroutine]
unsafe extern "C" fn answer(first: u32, rest: ...) -> u32 {
    std::future::ready(first).await
}

fn main() {}
