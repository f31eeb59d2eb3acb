//! An argument that is not `mut` is changed.
#[costate::coroutine]
fn f(v: Vec<u32>) -> usize {
    std::future::ready(()).await;
    v.push(1);
    v.len()
}

fn main() {}
