//! A variant is forgotten where another arm suspends.
enum E {
    A,
    B(u32),
    C,
}
#[costate::coroutine]
fn f(e: E) -> u32 {
    match e {
        E::A => 1,
        E::B(n) => std::future::ready(n).await,
    }
}

fn main() {}
