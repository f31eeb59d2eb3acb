//! The props of the cases: values and futures that tell the [log](crate::log) what happens to them.
//!
//! Everything that can be observed of a body is said through one of these: when a value is made,
//! used and dropped, and when a future is polled, ready and dropped. Each event may panic.

use crate::log::{count_alive, record, say};
use std::cell::Cell;
use std::future::{Future, IntoFuture};
use std::marker::PhantomPinned;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A value that says when it is made, used and dropped.
#[derive(Debug)]
pub struct Noisy {
    name: &'static str,
}

/// Makes a [`Noisy`].
pub fn noisy(name: &'static str) -> Noisy {
    say(format_args!("make {name}"));
    count_alive(1);
    Noisy { name }
}

impl Noisy {
    /// Its name, quietly.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Uses it by reference.
    pub fn touch(&self) {
        say(format_args!("touch {}", self.name));
    }

    /// Uses it by unique reference.
    pub fn rename(&mut self, name: &'static str) {
        say(format_args!("rename {} to {name}", self.name));
        self.name = name;
    }

    /// Consumes it at once.
    #[must_use]
    pub fn into_name(self) -> &'static str {
        say(format_args!("consume {}", self.name));
        self.name
    }

    /// Consumes it into a future that gives it back when it is ready.
    #[must_use]
    pub fn sent(self, polls: u32) -> Tick<Noisy> {
        after(polls, self)
    }

    /// A future that borrows it and is ready with its name.
    #[must_use]
    pub fn greeted(&self) -> Greeting<'_> {
        Greeting { who: self, left: 1 }
    }
}

/// Methods with an argument that everything has.
pub trait Before: Sized {
    /// Consumes it, after the argument has been evaluated.
    fn gives_up_for<T>(self, value: T) -> T {
        say("give up");
        value
    }

    /// Looks at it.
    fn waits_for<T>(&self, value: T) -> T {
        say("wait");
        value
    }
}

impl<V> Before for V {}

impl Drop for Noisy {
    fn drop(&mut self) {
        count_alive(-1);
        say(format_args!("drop {}", self.name));
    }
}

/// Two values, to be taken apart.
#[derive(Debug)]
pub struct Pair {
    /// Declared first.
    pub left: Noisy,
    /// Declared second.
    pub right: Noisy,
}

/// Makes a [`Pair`] of `left` and `right`.
#[must_use]
pub fn pair(left: &'static str, right: &'static str) -> Pair {
    Pair {
        left: noisy(left),
        right: noisy(right),
    }
}

/// Looks at a [`Noisy`] when it is dropped, so that dropping in the wrong order can be seen.
#[derive(Debug)]
pub struct Watch<'a>(&'a Noisy);

/// Makes a [`Watch`] of `who`.
#[must_use]
pub fn watch(who: &Noisy) -> Watch<'_> {
    say(format_args!("watch {}", who.name));
    count_alive(1);
    Watch(who)
}

impl Watch<'_> {
    /// Uses it.
    pub fn look(&self) {
        say(format_args!("see {}", self.0.name));
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        count_alive(-1);
        say(format_args!("unwatch {}", self.0.name));
    }
}

/// A future that is pending so many times and then ready with a value.
///
/// It holds the pin contract to the letter: it complains in the log when it is polled or dropped
/// at another place than before.
pub struct Tick<T> {
    left: Cell<u32>,
    value: Cell<Option<T>>,
    place: Cell<usize>,
    _pinned: PhantomPinned,
}

/// A future that is pending `polls` times.
#[must_use]
pub fn tick(polls: u32) -> Tick<()> {
    after(polls, ())
}

/// A future that is pending `polls` times and then ready with `value`.
#[must_use]
pub fn after<T>(polls: u32, value: T) -> Tick<T> {
    say("make a future");
    count_alive(1);
    Tick {
        left: Cell::new(polls),
        value: Cell::new(Some(value)),
        place: Cell::new(0),
        _pinned: PhantomPinned,
    }
}

impl<T> Tick<T> {
    fn check_place(&self) {
        let here = std::ptr::from_ref(self).addr();
        if ![0, here].contains(&self.place.get()) {
            record("MOVED WHILE PINNED");
        }
    }
}

impl<T> Future for Tick<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.check_place();
        self.place.set(std::ptr::from_ref(&*self).addr());
        let left = self.left.get();
        say(format_args!("poll, {left} left"));
        if left == 0 {
            return Poll::Ready(self.value.take().expect("polled after it was ready"));
        }
        self.left.set(left - 1);
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl<T> Drop for Tick<T> {
    fn drop(&mut self) {
        self.check_place();
        count_alive(-1);
        say("drop a future");
    }
}

/// A future that borrows a [`Noisy`]: see [`Noisy::greeted`].
#[derive(Debug)]
pub struct Greeting<'a> {
    who: &'a Noisy,
    left: u32,
}

impl Future for Greeting<'_> {
    type Output = &'static str;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<&'static str> {
        say(format_args!("greet {}, {} left", self.who.name, self.left));
        if self.left == 0 {
            return Poll::Ready(self.who.name);
        }
        self.left -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Greeting<'_> {
    fn drop(&mut self) {
        say(format_args!("drop the greeting of {}", self.who.name));
    }
}

/// Not a future, but awaitable.
#[derive(Debug)]
pub struct Order(pub u32);

impl IntoFuture for Order {
    type Output = u32;
    type IntoFuture = Tick<u32>;

    fn into_future(self) -> Tick<u32> {
        say("order");
        after(1, self.0)
    }
}

/// A queue whose next item has to be awaited.
#[derive(Debug)]
pub struct Queue {
    next: u32,
    end: u32,
}

/// A queue of the numbers below `end`.
#[must_use]
pub fn queue(end: u32) -> Queue {
    Queue { next: 0, end }
}

impl Queue {
    /// Awaits the next number; every second one is ready at once.
    #[must_use]
    pub fn pop(&mut self) -> Tick<Option<u32>> {
        let item = (self.next < self.end).then_some(self.next);
        self.next += 1;
        after(self.next % 2, item)
    }
}

/// Says `event` and is `value`: an expression whose evaluation can be seen and can panic.
pub fn given<T>(event: &'static str, value: T) -> T {
    say(event);
    value
}
