//! A type that is `Send` only at `'static` isn't so in a generic machine that borrows from itself.
use std::cell::Cell;

struct Token<'a>(&'a Cell<u32>);
// SAFETY: of a cell that is lent for ever nobody else has a name.
unsafe impl Send for Token<'static> {}
fn needs_send<T: Send>(_: T) {}

#[costate::coroutine]
fn hold<T: Into<u32>>(n: T) {
    let cell = Cell::new(n.into());
    let token = Token(&cell);
    std::future::ready(()).await;
    token.0.set(3);
}

fn main() {
    needs_send(hold(1_u8));
}
