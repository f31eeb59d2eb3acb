//! Clean-up of clean-up, and clean-up as a value.
#[costate::coroutine]
fn nested() {
    defer! {
        defer! { println!("inner"); }
        println!("outer");
    }
    std::future::ready(1).await;
    let () = on_cancel! { println!("value"); };
}

fn main() {
    let _ = nested();
}
