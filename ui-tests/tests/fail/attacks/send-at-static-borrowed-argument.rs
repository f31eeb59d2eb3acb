//! A type that is `Send` only at `'static` isn't taken to be so where it borrows an argument.
use std::marker::PhantomData;

struct Token<'a>(*const u8, PhantomData<&'a str>);
// SAFETY: nothing is done with the pointer.
unsafe impl Send for Token<'static> {}

fn token(text: &str) -> Token<'_> {
    Token(text.as_ptr(), PhantomData)
}

fn needs_send<T: Send>(_: T) {}

#[costate::coroutine]
fn hold(text: &str) {
    let token = token(text);
    std::future::ready(()).await;
    drop(token);
}

fn main() {
    let text = String::new();
    needs_send(hold(&text));
}
