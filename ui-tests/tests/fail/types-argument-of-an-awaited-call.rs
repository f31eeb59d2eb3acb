//! An argument of the call that is awaited is of the wrong type.
async fn take(_: u32) {}
#[costate::coroutine]
fn f(n: String) {
    take(n).await;
}

fn main() {}
