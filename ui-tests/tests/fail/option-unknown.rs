//! An option that there isn't is named, and those that there are.
#[costate::coroutine(yields = u32)]
fn count() {
    yield_!(1);
}

fn main() {}
