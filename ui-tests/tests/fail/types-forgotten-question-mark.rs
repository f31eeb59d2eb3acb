//! A `?` was forgotten behind an `.await`, in a function that returns a `Result`: it is proposed, once.
use std::future::{Ready, ready};

struct Bytes(usize);

impl Bytes {
    fn length(&self) -> usize {
        self.0
    }
}

fn read(n: usize) -> Ready<Result<Bytes, String>> {
    ready(Ok(Bytes(n)))
}

#[costate::coroutine]
fn f(n: usize) -> Result<usize, String> {
    let bytes = read(n).await;
    ready(()).await;
    let first = bytes.length();
    drop(bytes);
    Ok(ready(first).await)
}

fn main() {}
