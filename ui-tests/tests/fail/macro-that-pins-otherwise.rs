//! A macro of the user's that has the name of one that pins, and does something else.

macro_rules! pin {
    ($name:ident) => {
        let $name = &$name;
    };
}

async fn tick() {}

#[costate::coroutine]
fn pinned(text: String) -> usize {
    pin!(text);
    tick().await;
    text.len()
}

fn main() {
    costate::block_on(pinned(String::new()));
}
