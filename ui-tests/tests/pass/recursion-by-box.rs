//! A function may await itself in a box.
#[costate::coroutine]
fn depth(n: u32) -> u32 {
    if n == 0 {
        return 0;
    }
    let below = Box::pin(depth(n - 1)).await;
    below + 1
}

fn main() {
    assert_eq!(costate::block_on(depth(5)), 5);
}
