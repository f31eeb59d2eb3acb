//! A held local lacks the trait of an operator.
struct P;
#[costate::coroutine]
fn f(p: P, q: P) -> bool {
    std::future::ready(()).await;
    p == q
}

fn main() {}
