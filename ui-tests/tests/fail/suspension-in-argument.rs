//! Not among the arguments of a call.
#[costate::coroutine]
fn largest() -> u32 {
    let largest = u32::max(std::future::ready(2).await, 3);
    largest
}

fn main() {}
