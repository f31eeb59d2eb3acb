//! What is wrong with a value is said once, also of one that is held across no suspension, and of what follows from it.

use std::cell::Cell;
use std::future::{Ready, ready};
use std::rc::Rc;

fn read() -> Ready<Option<String>> {
    ready(None)
}

/// The branches suspend, and what they give is used behind them.
#[costate::coroutine]
fn branches(long: bool) -> Option<usize> {
    let length = if long { ready(7_usize).await } else { "short" };
    println!("{length}");
    Some(length)
}

#[costate::coroutine]
fn declared() -> usize {
    let length: char = match read().await {
        Some(text) => Some(text.len()),
        None => 'n',
    };
    usize::from(length)
}

#[costate::coroutine]
fn awaited() -> (u32, Vec<String>) {
    let total: char = ready(1_u32).await;
    (total, Vec::new())
}

#[costate::coroutine]
fn matched() -> usize {
    match read().await {
        (1, true) => 1,
        Some(text) => text.len(),
        None => 0,
    }
}

#[costate::coroutine]
fn converted() -> Result<String, String> {
    let text: char = ready(Ok::<_, String>(String::new())).await?;
    Ok(text.trim().to_owned())
}

#[costate::coroutine]
fn shared(count: Rc<Cell<u32>>) -> u32 {
    ready(()).await;
    let other: char = Rc::clone(&count);
    ready(other).await;
    count.get()
}

fn main() {}
