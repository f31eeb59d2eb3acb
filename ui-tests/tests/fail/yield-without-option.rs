//! What is yielded has to be declared.
#[costate::coroutine]
fn count() {
    yield_!(1);
}

fn main() {}
