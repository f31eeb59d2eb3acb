//! A value that isn't of the declared type is rustc's to report.
#[costate::coroutine(yield = u32)]
fn count() {
    yield_!("one");
}

fn main() {}
