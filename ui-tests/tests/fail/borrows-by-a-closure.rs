//! A closure that is called later still borrows.
#[costate::coroutine]
fn f() -> u32 {
    let mut n = 0;
    let mut add = || n += 1;
    std::future::ready(()).await;
    println!("{n}");
    add();
    n
}

fn main() {}
