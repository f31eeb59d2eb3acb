//! Nobody takes what clean-up yields.
#[costate::coroutine(yield = u32)]
fn count() {
    defer! { yield_!(2); }
    yield_!(1);
}

fn main() {
    let _ = count();
}
