//! `#[coroutine(boxed)]`: a coroutine by a type that can be named.

use costate::{BoxCoroutine, Generator, LocalBoxCoroutine, block_on};
use costate_tests::log;
use costate_tests::props::{noisy, tick};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Waker};

#[costate::coroutine(boxed, Send)]
fn sum(n: u64) -> u64 {
    if n == 0 {
        return 0;
    }
    let held = noisy("held");
    let below = sum(n - 1).await;
    held.touch();
    below + n
}

#[test]
fn a_function_awaits_itself() {
    log::reset();
    assert_eq!(block_on(sum(3)), 6);
    let events = log::take();
    assert_eq!(
        events,
        [
            "make held",
            "make held",
            "make held",
            "touch held",
            "drop held",
            "touch held",
            "drop held",
            "touch held",
            "drop held"
        ]
    );
}

#[costate::coroutine(boxed)]
fn fill(list: &mut Vec<Rc<str>>, text: &str) -> usize {
    tick(1).await;
    if list.len() < text.len() {
        list.push(text[list.len()..].into());
        fill(list, text).await
    } else {
        list.len()
    }
}

#[costate::coroutine(boxed)]
fn even<T: Clone>(n: u64, with: T) -> bool {
    if n == 0 {
        return true;
    }
    odd(n - 1, with.clone()).await
}

#[costate::coroutine]
fn odd<T: Clone>(n: u64, with: T) -> bool {
    if n == 0 {
        return false;
    }
    even(n - 1, with).await
}

#[test]
fn what_is_borrowed_and_generic_is_boxed() {
    let mut list = vec![];
    assert_eq!(block_on(fill(&mut list, "abc")), 3);
    assert_eq!(&*list[1], "bc");
    let local = String::new();
    assert!(block_on(even(10, &local)));
}

/// An annotated trait that is `dyn`.
#[costate::coroutine]
trait Store {
    #[coroutine(boxed, Send)]
    fn get(&self, key: &str) -> Option<u32>;
    #[coroutine(boxed)]
    fn len(&mut self) -> usize;
    #[coroutine(boxed)]
    fn get_or(&self, key: &str, other: u32) -> u32 {
        let found = self.get(key).await;
        found.unwrap_or(other)
    }
    #[coroutine(boxed)]
    fn close(self: Box<Self>) -> String;
}

struct Memory<'a, T>(&'a [(&'static str, T)]);

#[costate::coroutine]
impl<T: Copy + Into<u32> + Sync> Store for Memory<'_, T> {
    #[coroutine(boxed, Send)]
    fn get(&self, key: &str) -> Option<u32> {
        for (name, value) in self.0 {
            tick(1).await;
            if *name == key {
                return Some((*value).into());
            }
        }
        None
    }
    #[coroutine(boxed)]
    fn len(&mut self) -> usize {
        let shared = Rc::new(self.0.len());
        tick(1).await;
        *shared
    }
    #[coroutine(boxed)]
    fn close(self: Box<Self>) -> String {
        tick(1).await;
        self.0.iter().map(|(name, _)| *name).collect()
    }
}

/// A trait that is written by hand.
trait Handler<Request> {
    fn handle(&self, request: Request) -> BoxCoroutine<'_, usize>;
    fn both<'a>(&'a self, other: &'a str) -> LocalBoxCoroutine<'a, &'a str>;
}

struct Server(String);

#[costate::coroutine(boxed)]
impl Handler<String> for Server {
    #[coroutine(Send)]
    fn handle(&self, request: String) -> usize {
        tick(1).await;
        self.0.len() + request.len()
    }
    #[coroutine]
    fn both<'a>(&'a self, other: &'a str) -> &'a str {
        tick(1).await;
        if other.is_empty() { &self.0 } else { other }
    }
}

#[test]
fn traits_are_dyn() {
    let items = [("a", 1_u8), ("b", 2)];
    let mut store: Box<dyn Store + '_> = Box::new(Memory(&items));
    let key = String::from("b");
    assert_eq!(block_on(store.get(&key)), Some(2));
    assert_eq!(block_on(store.get_or("c", 7)), 7);
    assert_eq!(block_on(store.len()), 2);
    assert_eq!(block_on(store.close()), "ab");

    let server: &dyn Handler<String> = &Server("text".to_owned());
    assert_eq!(block_on(server.handle("x".to_owned())), 5);
    assert_eq!(block_on(server.both("")), "text");
}

#[test]
fn a_box_forwards_cancellation_and_traces() {
    log::reset();
    let mut machine = sum(2);
    let mut context = Context::from_waker(Waker::noop());
    let mut frames = 0;
    machine.as_mut().trace(&mut |_| frames += 1);
    assert_eq!(frames, 0);
    let mut machine: BoxCoroutine<'_, usize> = Server("x".to_owned()).into_handle();
    assert!(machine.as_mut().poll(&mut context).is_pending());
    machine.as_mut().trace(&mut |_| frames += 1);
    assert_eq!(frames, 2);
    assert!(machine.as_mut().poll_cancel(&mut context).is_ready());
}

impl Server {
    #[costate::coroutine(boxed, Send)]
    fn into_handle(self) -> usize {
        self.handle("y".to_owned()).await
    }
}

#[costate::coroutine(boxed, yield = u32)]
fn below(n: u32) {
    for i in 0..n {
        yield_!(i);
    }
}

#[test]
fn a_generator_is_boxed() {
    assert_eq!(Pin::new(&mut below(4)).iter().sum::<u32>(), 6);
}
