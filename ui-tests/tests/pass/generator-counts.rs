//! A generator hands out values through `resume`, and as an iterator once pinned.
use costate::{Generator, Resumed};
use std::pin::pin;

#[costate::coroutine(yield = u32)]
fn counter(to: u32) -> &'static str {
    for n in 0..to {
        yield_!(n);
    }
    "done"
}

fn main() {
    let mut counting = pin!(counter(1));
    assert_eq!(counting.as_mut().resume(), Resumed::Yielded(0));
    assert_eq!(counting.as_mut().resume(), Resumed::Complete("done"));
    assert!(pin!(counter(3)).iter().eq([0, 1, 2]));
}
