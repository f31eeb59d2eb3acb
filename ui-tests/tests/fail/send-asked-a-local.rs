//! `Send` that is asked for points at the local that is not, and at the suspension.
use std::rc::Rc;

#[costate::coroutine(Send)]
fn count() -> usize {
    let shared = Rc::new(1);
    std::future::ready(()).await;
    Rc::strong_count(&shared)
}

fn main() {}
