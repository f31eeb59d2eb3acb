//! What a cancellation drops is borrow-checked, also where the suspension never ends.
use std::convert::Infallible;

struct Watch<'a>(&'a str);
impl Drop for Watch<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

#[costate::coroutine]
fn serve() -> Infallible {
    let watch;
    let text = String::from("dropped before the one who looks at it");
    watch = Watch(&text);
    let never = std::future::pending::<Infallible>().await;
    drop(watch);
    never
}

fn main() {}
