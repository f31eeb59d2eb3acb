//! A function with the name of a local whose block has ended.

use std::future::ready;

fn double(n: u32) -> u32 {
    2 * n
}

#[costate::coroutine]
fn count(n: u32) -> u32 {
    {
        let double = n;
        ready(double).await;
    }
    let result = Some(n).map(double);
    ready(()).await;
    {
        let double = n;
        assert_eq!(double, 3);
    }
    result.map_or(0, double)
}

fn main() {
    assert_eq!(costate::block_on(count(3)), 12);
}
