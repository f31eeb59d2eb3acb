//! A closure can't yield for the generator around it.
#[costate::coroutine(yield = u32)]
fn count() {
    (0..3).for_each(|n| yield_!(n));
}

fn main() {}
