//! Clean-up that awaits and moves a value, which clean-up further out needs: a panic may come in between.
fn renew(text: String) -> String {
    text
}

#[costate::coroutine]
fn hold(mut text: String) {
    on_cancel! { println!("{text}"); }
    on_cancel! {
        std::future::ready(1).await;
        text = renew(text);
    }
    std::future::ready(1).await;
}

fn main() {
    let _ = hold(String::new());
}
