//! What is parsed has to be known.
#[costate::coroutine]
fn f(s: &str) {
    let n = s.parse().unwrap();
    std::future::ready(()).await;
    println!("{n}");
}

fn main() {}
