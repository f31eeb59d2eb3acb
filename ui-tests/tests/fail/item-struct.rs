//! Only functions, methods, impls and traits become coroutines.
#[costate::coroutine]
struct Answer {
    value: u32,
}

fn main() {}
