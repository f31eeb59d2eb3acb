//! A `match` on what was not awaited, whose arms await and bind: an error for each pattern, which names all of what is matched.
use std::future::{Ready, ready};

enum Reply {
    Text(String),
    Empty(u8, String),
}

fn ask(n: u8) -> Ready<Reply> {
    ready(Reply::Empty(n, String::new()))
}

#[costate::coroutine]
fn f(n: u8) -> String {
    match ask(n) {
        Reply::Text(text) => ready(text).await,
        Reply::Empty(_, text) => ready(text).await,
    }
}

fn main() {}
