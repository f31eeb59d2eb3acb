//! What is held across a suspension has to be `Send` for the machine to be.
use std::rc::Rc;

#[costate::coroutine]
fn count() -> usize {
    let shared = Rc::new(1);
    std::future::ready(()).await;
    Rc::strong_count(&shared)
}

fn on_any_thread(_machine: impl Send) {}

fn main() {
    on_any_thread(count());
}
