//! A name that is nearly another.
#[costate::coroutine]
fn f(number: u32) -> u32 {
    std::future::ready(()).await;
    nubmer
}

fn main() {}
