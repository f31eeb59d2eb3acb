//! A macro of the module's whose name is that of one of the standard library's that moves what it is given.

macro_rules! vec {
    ($value:expr) => {
        &$value
    };
}

async fn tick() {}

#[costate::coroutine]
fn borrowed(text: String) -> bool {
    tick().await;
    let same = *vec![text] == text;
    tick().await;
    same
}

fn main() {
    costate::block_on(borrowed(String::new()));
}
