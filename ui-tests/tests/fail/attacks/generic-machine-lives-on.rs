//! What the machine of a generic function is stored for is `'static`: it lives no longer for that than its parameters.

use std::cell::Cell;
use std::future::{Future, ready};
use std::marker::PhantomData;
use std::pin::Pin;

#[costate::coroutine]
fn keep<T>(value: T) -> T {
    ready(()).await;
    value
}

fn for_ever<T>(value: T) -> impl Future<Output = T> + 'static {
    keep(value)
}

fn erased<T: Send>(value: T) -> Box<dyn Future<Output = T> + Send> {
    Box::new(keep(value))
}

fn outlived() {
    let kept: Pin<Box<dyn Future<Output = &String>>>;
    {
        let text = String::from("text");
        kept = Box::pin(keep(&text));
    }
    costate::block_on(kept);
}

fn spawned() {
    let text = String::from("text");
    costate::spawn(keep(&text)).detach();
}

fn dropped() {
    let kept;
    {
        let text = String::from("text");
        kept = keep(&text);
    }
    drop(kept);
}

/// May be sent if what it borrows lives for ever.
struct Token<'a>(PhantomData<(*const (), &'a Cell<u32>)>);

unsafe impl Send for Token<'static> {}

fn token(_: &Cell<u32>) -> Token<'_> {
    Token(PhantomData)
}

#[costate::coroutine]
fn holds_a_token<T>(value: T) -> T {
    let cell = Cell::new(1);
    let token = token(&cell);
    ready(()).await;
    drop(token);
    value
}

fn sent<T: Send>(value: T) -> impl Future<Output = T> + Send {
    holds_a_token(value)
}

fn extends<'a, 'b>(value: &'a str) -> impl Future<Output = &'b str> {
    keep(value)
}

fn main() {}
