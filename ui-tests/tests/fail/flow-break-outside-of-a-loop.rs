//! There is no loop to break.
#[costate::coroutine]
fn f() {
    std::future::ready(()).await;
    break;
}

fn main() {}
