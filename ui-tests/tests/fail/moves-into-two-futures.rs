//! A value is given to two futures.
async fn take(_: String) {}
#[costate::coroutine]
fn f(text: String) {
    take(text).await;
    take(text).await;
}

fn main() {}
