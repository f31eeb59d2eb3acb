//! A type that is `Send` only at `'static` isn't so in a method of a trait.
use std::cell::Cell;

struct Token<'a>(&'a Cell<u32>);
// SAFETY: of a cell that is lent for ever nobody else has a name.
unsafe impl Send for Token<'static> {}

trait Hold {
    fn hold(self, n: u32) -> impl Future<Output = ()> + Send;
}

#[costate::coroutine]
impl<T: Send> Hold for Option<T> {
    fn hold(self, n: u32) {
        let cell = Cell::new(n);
        let token = Token(&cell);
        std::future::ready(()).await;
        token.0.set(3);
    }
}

fn main() {}
