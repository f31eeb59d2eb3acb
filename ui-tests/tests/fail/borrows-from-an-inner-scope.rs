//! A borrow does not outlive the block of what is borrowed.
#[costate::coroutine]
fn f() -> u32 {
    let r;
    {
        let n = 3;
        r = &n;
        std::future::ready(()).await;
    }
    *r
}

fn main() {}
