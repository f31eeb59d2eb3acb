//! The smallest generator.
#[costate::coroutine(yield = u32)]
fn counter(to: u32) {
    for n in 0..to {
        yield_!(n);
    }
}
