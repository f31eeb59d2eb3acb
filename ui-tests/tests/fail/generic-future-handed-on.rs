//! A function that hands on the future of a generic coroutine: its parameters have to outlive a lifetime that has a name.

use std::future::Future;

#[costate::coroutine]
fn keep<T>(value: T) -> T {
    std::future::ready(()).await;
    value
}

fn hand_on<T>(value: T) -> impl Future<Output = T> {
    keep(value)
}

fn with_a_lifetime<'a, T: 'a>(value: T) -> impl Future<Output = T> + 'a {
    keep(value)
}

fn main() {}
