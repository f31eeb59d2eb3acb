//! Mistakes in a function of nine arguments are said once, too.
use std::future::ready;

#[costate::coroutine]
fn sum<T: Clone>(a: u32, b: u32, c: u32, d: u32, e: u32, f: &T, g: impl Clone, h: u32, i: &mut u32) -> u32 {
    let mut found = ready(a + b + c + d + e + h).await;
    found = "none";
    let first = if ready(true).await { found } else { "other" };
    ready(()).await;
    g.show();
    let other = i;
    ready(f()).await;
    *i = first + *other;
    first
}

fn main() {}
