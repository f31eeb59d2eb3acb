//! In a condition, the operands of `&&` and `||` may suspend, and the right one is left out as anywhere.
use std::cell::Cell;

#[costate::coroutine]
fn noted(seen: &Cell<u32>, bit: u32, value: bool) -> bool {
    seen.set(seen.get() | bit);
    std::future::ready(value).await
}

#[costate::coroutine]
fn all(seen: &Cell<u32>, first: bool) -> &'static str {
    if noted(seen, 1, first).await && noted(seen, 2, true).await {
        return "both";
    }
    "not both"
}

fn main() {
    let seen = Cell::new(0);
    assert_eq!(costate::block_on(all(&seen, false)), "not both");
    assert_eq!(seen.get(), 1);
    assert_eq!(costate::block_on(all(&seen, true)), "both");
    assert_eq!(seen.get(), 3);
}
