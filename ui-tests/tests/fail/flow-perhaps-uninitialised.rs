//! A local that only one branch gives a value.
#[costate::coroutine]
fn f(b: bool) -> u32 {
    let x: u32;
    if b {
        x = std::future::ready(3).await;
    }
    x
}

fn main() {}
