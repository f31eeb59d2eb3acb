//! A value can't be moved a second time round.
#[costate::coroutine]
fn all(text: String) {
    loop {
        std::future::ready(()).await;
        drop(text);
    }
}

fn main() {}
