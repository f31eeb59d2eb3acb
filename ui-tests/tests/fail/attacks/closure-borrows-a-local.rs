//! A closure that borrows a held local can't leave the machine.
use std::cell::RefCell;
use std::rc::Rc;

#[costate::coroutine]
fn register(registry: Rc<RefCell<Vec<Box<dyn Fn() -> u64>>>>) {
    let n = 5_u64;
    registry.borrow_mut().push(Box::new(|| n));
    std::future::ready(()).await;
}

fn main() {}
