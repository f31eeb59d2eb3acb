//! Two mutable borrows across a suspension.
#[costate::coroutine]
fn f(mut v: Vec<u32>) {
    let a = &mut v;
    let b = &mut v;
    std::future::ready(()).await;
    a.push(1);
    b.push(2);
}

fn main() {}
