//! A call on a local of no type, behind a closure.
async fn read(n: u32) -> u32 {
    n
}

#[costate::coroutine]
fn sum(n: u32) -> Option<u32> {
    let second = Some(n);
    let first = unknown(n);
    let even = (0..n).filter(|k| k % 2 == 0).count();
    read(even as u32).await;
    first.or(second)
}

fn main() {
    drop(sum(1));
}
