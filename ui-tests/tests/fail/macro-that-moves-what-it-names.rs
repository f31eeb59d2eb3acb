//! A macro that takes the name of a held local and moves it: the machine cannot know that it is gone.

macro_rules! gone {
    ($name:ident) => {
        drop($name)
    };
}

async fn tick() {}

#[costate::coroutine]
fn moved(mut text: String) -> usize {
    text.push('a');
    tick().await;
    gone!(text);
    tick().await;
    0
}

fn main() {
    costate::block_on(moved(String::new()));
}
