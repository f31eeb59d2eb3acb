//! A reference to a held local can't be the output.
#[costate::coroutine]
fn dangling<'a>() -> &'a str {
    let text = String::from("dropped with the machine");
    std::future::ready(()).await;
    &text
}

fn main() {}
