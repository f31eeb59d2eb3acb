//! A needless `mut` is reported.
#![deny(unused_mut)]

#[costate::coroutine]
fn answer(mut text: String) -> usize {
    std::future::ready(()).await;
    text.len()
}

fn main() {}
