//! A lifetime that is hidden in a path can't be outlived.
use std::str::Chars;

#[costate::coroutine]
fn count<'a>(pair: (&'a str, Chars)) -> usize {
    std::future::ready(()).await;
    pair.1.count()
}

fn main() {
    let machine = {
        let text = String::from("freed before the first poll");
        count(("", text.chars()))
    };
    costate::block_on(machine);
}
