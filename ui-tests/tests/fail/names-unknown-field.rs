//! A field that there isn't.
struct P {
    a: u32,
}
#[costate::coroutine]
fn f(p: P) -> u32 {
    std::future::ready(()).await;
    p.b
}

fn main() {}
