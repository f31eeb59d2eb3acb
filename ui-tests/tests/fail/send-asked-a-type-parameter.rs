//! A type parameter that is held has to be `Send`.
#[costate::coroutine(Send)]
fn later<T>(item: T) -> T {
    std::future::ready(()).await;
    item
}

fn main() {}
