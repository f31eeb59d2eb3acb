//! A held local that is moved in a loop is not there the next time round.
#[costate::coroutine]
fn send_twice() {
    let text = String::from("moved");
    for _ in 0..2 {
        std::future::ready(()).await;
        drop(text);
    }
}

fn main() {}
