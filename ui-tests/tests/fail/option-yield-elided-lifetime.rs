//! A lifetime in what is yielded has to have a name.
#[costate::coroutine(yield = &str)]
fn words(text: &str) {
    yield_!(text);
}

fn main() {}
