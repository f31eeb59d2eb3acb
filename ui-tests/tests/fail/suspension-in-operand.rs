//! For now a suspension stands at the level of a statement.
#[costate::coroutine]
fn sum() -> u32 {
    let total = 1 + std::future::ready(2).await;
    total
}

fn main() {}
