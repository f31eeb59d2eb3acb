//! A macro that takes the name of a held local, and returns: the closure that it stands in is not left by that instead.

macro_rules! unless_empty {
    ($name:ident) => {
        if $name.is_empty() {
            return;
        }
    };
}

async fn tick() {}

#[costate::coroutine]
fn returned(mut text: String) {
    text.push('a');
    tick().await;
    unless_empty!(text);
    tick().await;
    text.push('b');
}

fn main() {
    costate::block_on(returned(String::new()));
}
