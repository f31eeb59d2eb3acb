//! A `const fn` can't suspend.
#[costate::coroutine]
const fn answer() -> u32 {
    42
}

fn main() {}
