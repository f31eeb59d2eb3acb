//! A `?` was forgotten behind an `.await`, in a function that returns a `Result`: where it was is said once.
use std::future::{Ready, ready};
use std::io;

fn read(n: usize) -> Ready<io::Result<Vec<u8>>> {
    ready(Ok(vec![0; n]))
}

#[costate::coroutine]
fn f(n: usize) -> io::Result<usize> {
    let bytes = read(n).await;
    ready(()).await;
    let first = bytes.len();
    let rest = read(first).await;
    Ok(ready(first).await + rest.capacity() + take(bytes))
}

fn take(bytes: Vec<u8>) -> usize {
    bytes.len()
}

fn main() {}
