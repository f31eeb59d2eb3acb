//! A match that forgets a case.
#[costate::coroutine]
fn answer() -> u32 {
    match std::future::ready(Some(1)).await {
        Some(n) => n,
    }
}

fn main() {}
