//! There is no loop to go on with, and something else is wrong, too.
#[costate::coroutine]
fn f(ready: bool) -> u32 {
    if !ready {
        continue;
    }
    let n: u32 = std::future::ready("1").await;
    n
}

fn main() {}
