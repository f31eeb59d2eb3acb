//! Parentheses that are not needed.
#![deny(unused_parens)]

#[costate::coroutine]
fn f(n: u32) -> u32 {
    if std::future::ready(true).await {
        return (n);
    }
    1
}

fn main() {}
