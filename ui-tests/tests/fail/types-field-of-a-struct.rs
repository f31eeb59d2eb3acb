//! A field of the wrong type.
struct P {
    a: u32,
}
#[costate::coroutine]
fn f(s: String) -> P {
    std::future::ready(3).await;
    P { a: s }
}

fn main() {}
