//! A machine that may borrow from itself is no iterator by value: it could be moved between items.
#[costate::coroutine(yield = u8)]
fn bytes() {
    let array = [7_u8; 64];
    let part = &array[..];
    for byte in part {
        yield_!(*byte);
    }
}

fn main() {
    let mut machines = vec![bytes()];
    machines[0].next();
    let mut moved = machines.remove(0);
    moved.next();
}
