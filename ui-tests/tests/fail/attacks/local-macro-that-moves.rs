//! A macro of the body that moves a held local is not seen through: it is refused.
#[costate::coroutine]
fn forget() {
    let text = String::from("borrowed");
    let held = text.as_str().to_owned();
    macro_rules! gone {
        () => {
            std::mem::forget(held)
        };
    }
    std::future::ready(()).await;
    gone!();
    drop(text);
    std::future::ready(()).await;
}

fn main() {}
