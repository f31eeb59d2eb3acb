//! A struct that has lost a field is moved.
struct P {
    a: String,
    b: String,
}
#[costate::coroutine]
fn f(p: P) -> usize {
    let a = p.a;
    std::future::ready(()).await;
    drop(p);
    a.len()
}

fn main() {}
