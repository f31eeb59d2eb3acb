//! What went out of scope before the suspension doesn't have to be `Send`.
use std::rc::Rc;

#[costate::coroutine]
fn count() -> usize {
    let count = {
        let shared = Rc::new(1);
        Rc::strong_count(&shared)
    };
    std::future::ready(()).await;
    count
}

fn on_any_thread<T: Send>(machine: T) -> T {
    machine
}

fn main() {
    assert_eq!(costate::block_on(on_any_thread(count())), 1);
}
