//! A held local lacks a trait that a function asks for.
fn show<T: std::fmt::Display>(_: T) {}
struct P;
#[costate::coroutine]
fn f(p: P) {
    std::future::ready(()).await;
    show(p);
}

fn main() {}
