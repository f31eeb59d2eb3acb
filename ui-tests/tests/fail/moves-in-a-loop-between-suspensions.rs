//! A local that no suspension holds, moved twice in a loop that has some: nothing is said of the machine's own loop.
use std::future::ready;

#[costate::coroutine]
fn f() -> usize {
    loop {
        let text: String = ready(String::new()).await;
        drop(text);
        if text.len() > ready(3).await {
            return 3;
        }
    }
}

#[costate::coroutine]
fn g() -> usize {
    loop {
        let n = ready(3).await;
        let text = "x".repeat(n);
        drop(text);
        if text.len() > 3 {
            return n;
        }
    }
}

fn main() {}
