//! A `None` of nothing in particular.
#[costate::coroutine]
fn f() {
    let n = None;
    std::future::ready(()).await;
    println!("{}", n.is_some());
}

fn main() {}
