//! A local that another macro declares would be dropped at the wrong time.
macro_rules! declare {
    ($name:ident) => {
        let $name = String::from("declared");
    };
}

#[costate::coroutine]
fn length() -> usize {
    declare!(text);
    std::future::ready(()).await;
    text.len()
}

fn main() {}
