//! A macro that takes the name of a held local, and declares it anew for the code after it.

macro_rules! shadow {
    ($name:ident) => {
        let $name = $name.clone();
    };
}

async fn tick() {}

#[costate::coroutine]
fn shadowed(text: String) -> usize {
    tick().await;
    shadow!(text);
    tick().await;
    text.len()
}

fn main() {
    costate::block_on(shadowed(String::new()));
}
