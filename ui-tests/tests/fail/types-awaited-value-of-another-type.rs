//! The value of an `.await` is not of the type that is said: that is all, and not what that type can't do.
use std::future::ready;

#[costate::coroutine]
fn f() -> usize {
    let names: char = ready(vec![String::new()]).await;
    let first = names.first().map(String::len);
    ready(()).await;
    names.len() + first.unwrap_or(0)
}

fn main() {}
