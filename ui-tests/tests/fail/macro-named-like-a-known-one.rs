//! A macro of the body's own whose name is that of one that the coroutine sees through.

async fn tick() {}

#[costate::coroutine]
fn length(text: String) -> usize {
    macro_rules! dbg {
        ($text:expr) => {
            $text.len()
        };
    }
    tick().await;
    dbg!(text)
}

fn main() {
    costate::block_on(length(String::new()));
}
