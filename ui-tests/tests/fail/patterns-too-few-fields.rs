//! A variant of two fields.
enum E {
    A(u32, u32),
    B,
}
#[costate::coroutine]
fn f(e: E) -> u32 {
    match e {
        E::A(n) => std::future::ready(n).await,
        E::B => 2,
    }
}

fn main() {}
