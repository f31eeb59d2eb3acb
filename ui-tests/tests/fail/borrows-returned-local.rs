//! A reference to a local can't leave the function.
#[costate::coroutine]
fn name<'a>(prefix: &'a str) -> &'a str {
    let name = prefix.to_uppercase();
    std::future::ready(()).await;
    &name
}

fn main() {}
