//! A variant that there isn't.
enum E {
    A,
    B,
}
#[costate::coroutine]
fn f(e: E) -> u32 {
    std::future::ready(()).await;
    match e {
        E::A => 1,
        E::C => 2,
        E::B => 3,
    }
}

fn main() {}
