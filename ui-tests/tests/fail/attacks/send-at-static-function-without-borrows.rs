//! A type that is `Send` only at `'static` isn't so in a machine whose arguments borrow nothing.
use std::cell::Cell;

struct Token<'a>(&'a Cell<u32>);
// SAFETY: of a cell that is lent for ever nobody else has a name.
unsafe impl Send for Token<'static> {}
fn needs_send<T: Send>(_: T) {}

#[costate::coroutine]
fn hold(n: u32) {
    let cell = Cell::new(n);
    let token = Token(&cell);
    std::future::ready(()).await;
    token.0.set(3);
}

fn main() {
    needs_send(hold(1));
}
