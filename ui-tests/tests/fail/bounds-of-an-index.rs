//! A vector is indexed by `usize`.
#[costate::coroutine]
fn f(v: Vec<u32>, i: u32) -> u32 {
    std::future::ready(()).await;
    v[i]
}

fn main() {}
