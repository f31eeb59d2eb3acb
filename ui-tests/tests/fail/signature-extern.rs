//! A foreign ABI has no way to return a machine.
#[costate::coroutine]
extern "C" fn answer() -> u32 {
    std::future::ready(42).await
}

fn main() {}
