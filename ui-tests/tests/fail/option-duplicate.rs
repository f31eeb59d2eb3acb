//! An option is given once.
#[costate::coroutine(yield = u32, yield = u64)]
fn count() {
    yield_!(1);
}

fn main() {}
