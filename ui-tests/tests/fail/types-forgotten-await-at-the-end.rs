//! The last call lacks its `.await`.
#[costate::coroutine]
pub fn answer() -> u32 {
    42
}
#[costate::coroutine]
fn f() -> u32 {
    std::future::ready(()).await;
    answer()
}

fn main() {}
