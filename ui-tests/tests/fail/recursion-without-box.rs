//! A machine that holds itself would have no size.
#[costate::coroutine]
fn depth(n: u32) -> u32 {
    if n == 0 {
        return 0;
    }
    let below = depth(n - 1).await;
    below + 1
}

fn main() {
    costate::block_on(depth(3));
}
