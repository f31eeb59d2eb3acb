//! A condition is a `bool`.
#[costate::coroutine]
fn f(flag: u8) -> usize {
    if flag {
        std::future::ready(()).await;
        1
    } else {
        2
    }
}

fn main() {}
