//! A function without a suspension is a coroutine that is ready at once.
#[costate::coroutine]
fn answer() -> u32 {
    42
}

fn main() {
    assert_eq!(costate::block_on(answer()), 42);
}
