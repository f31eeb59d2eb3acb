//! The branches of an `if` and of a `match` that suspend are of one type, as elsewhere.
#[costate::coroutine]
fn f(n: u32) -> u32 {
    let chosen = if n > 3 {
        std::future::ready(()).await;
        1
    } else {
        "none"
    };
    let matched = match n {
        1 => std::future::ready('c').await,
        _ => n,
    };
    chosen
}

fn main() {}
