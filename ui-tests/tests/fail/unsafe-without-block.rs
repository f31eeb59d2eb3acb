//! An unsafe function needs its `unsafe` in a coroutine too: the macro's own doesn't cover it.
unsafe fn danger() -> u32 {
    42
}

#[costate::coroutine]
fn answer() -> u32 {
    std::future::ready(()).await;
    danger()
}

fn main() {}
