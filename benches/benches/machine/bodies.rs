//! The functions that are measured, each written once and compiled both ways.

mod chain;

use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// Runs one to its end and says how many polls that took.
pub type Side = fn() -> usize;

/// A function that exists as a coroutine and in another way: as an `async fn`, or as a future that is written by hand.
pub struct Body {
    pub name: &'static str,
    /// Bytes of the coroutine's machine, and of its peer.
    pub size: (usize, usize),
    pub ours: Side,
    pub theirs: Side,
}

/// Suspends once.
pub struct Once(bool);

impl Future for Once {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

pub fn once() -> Once {
    Once(false)
}

/// A stream in memory that suspends before each piece, as the one that the model of the expansion was measured with.
pub struct Pieces {
    bytes: Vec<u8>,
    read: usize,
    pub written: Vec<u8>,
}

/// Bytes in the stream.
const LENGTH: usize = 1024;
const PIECE: usize = 37;

impl Pieces {
    pub fn new() -> Self {
        Pieces {
            bytes: vec![7; LENGTH],
            read: 0,
            written: Vec::with_capacity(LENGTH),
        }
    }

    /// What a read does when it is polled again.
    #[inline]
    pub fn read_now(&mut self, buf: &mut [u8]) -> usize {
        let n = buf.len().min(self.bytes.len() - self.read).min(PIECE);
        buf[..n].copy_from_slice(&self.bytes[self.read..self.read + n]);
        self.read += n;
        n
    }

    /// What a write does when it is polled again.
    #[inline]
    pub fn write_now(&mut self, buf: &[u8]) {
        self.written.extend_from_slice(buf);
    }

    pub fn read<'a>(&'a mut self, buf: &'a mut [u8]) -> Read<'a> {
        Read {
            pieces: self,
            buf,
            suspended: false,
        }
    }

    pub fn write_all<'a>(&'a mut self, buf: &'a [u8]) -> Write<'a> {
        Write {
            pieces: self,
            buf,
            suspended: false,
        }
    }
}

pub struct Read<'a> {
    pieces: &'a mut Pieces,
    buf: &'a mut [u8],
    suspended: bool,
}

impl Future for Read<'_> {
    type Output = io::Result<usize>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<usize>> {
        if !std::mem::replace(&mut self.suspended, true) {
            return Poll::Pending;
        }
        let Read { pieces, buf, .. } = &mut *self;
        Poll::Ready(Ok(pieces.read_now(buf)))
    }
}

pub struct Write<'a> {
    pieces: &'a mut Pieces,
    buf: &'a [u8],
    suspended: bool,
}

impl Future for Write<'_> {
    type Output = io::Result<()>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        if !std::mem::replace(&mut self.suspended, true) {
            return Poll::Pending;
        }
        let Write { pieces, buf, .. } = &mut *self;
        pieces.write_now(buf);
        Poll::Ready(Ok(()))
    }
}

/// Polls to the end, and counts.
#[inline(always)]
pub fn drive(future: impl Future) -> usize {
    let mut future = pin!(future);
    let mut cx = Context::from_waker(Waker::noop());
    let mut polls = 1;
    while poll(future.as_mut(), &mut cx).is_pending() {
        polls += 1;
    }
    polls
}

/// A real call, as an executor makes it: nothing of the loop around is known to the machine.
#[inline(never)]
pub fn poll<F: Future>(future: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<F::Output> {
    future.poll(cx)
}

/// Compiles the same text as a coroutine in `ours` and as an `async fn` in `theirs`, so that each is a
/// function of its own that the other can't be folded into.
macro_rules! both_ways {
    ($($name:ident($($argument:tt)*) -> $output:ty, called with ($($value:expr),*) { $($body:tt)* })*) => {
        pub mod ours {
            use super::*;
            $(
                #[costate::coroutine]
                pub fn $name($($argument)*) -> $output { $($body)* }
            )*
        }
        pub mod theirs {
            use super::*;
            $(
                pub async fn $name($($argument)*) -> $output { $($body)* }
            )*
        }
        /// All that there are, in the order in which they stand here.
        fn both() -> Vec<Body> {
            vec![$(
                Body {
                    name: stringify!($name),
                    size: (
                        size_of_val(&ours::$name($($value),*)),
                        size_of_val(&theirs::$name($($value),*)),
                    ),
                    ours: || drive(ours::$name($($value),*)),
                    theirs: || drive(theirs::$name($($value),*)),
                },
            )*]
        }
    };
}

/// Everything that is measured.
pub fn all() -> Vec<Body> {
    let mut all = both();
    all.extend(chain::all());
    all.extend(crate::by_hand::all());
    all
}

both_ways! {
    // The model's: a held buffer, two borrows from it, `?` after each suspension.
    echo(mut stream: Pieces) -> io::Result<usize>, called with (Pieces::new()) {
        let mut buf = [0u8; 1024];
        let mut total = 0;
        loop {
            let n = stream.read(&mut buf).await?;
            if n == 0 {
                break;
            }
            let part = &buf[..n];
            stream.write_all(part).await?;
            total += part.len();
        }
        Ok(total + stream.written.len())
    }

    one_suspension() -> (), called with () {
        once().await;
    }

    straight_line() -> u32, called with () {
        let a = 1;
        once().await;
        let b = a + 1;
        once().await;
        let c = a + b;
        once().await;
        a + b + c
    }

    counted_loop(times: u32) -> u32, called with (30) {
        let mut sum = 0;
        for n in 0..times {
            once().await;
            sum += n;
        }
        sum
    }

    branches(times: u32) -> u32, called with (30) {
        let mut even = 0;
        for n in 0..times {
            match n % 3 {
                0 => {
                    once().await;
                    even += n;
                }
                1 => even += 1,
                _ => {
                    let held = n * 2;
                    once().await;
                    once().await;
                    even += held;
                }
            }
        }
        even
    }

    held_text(text: String) -> usize, called with (String::from("a text of some length")) {
        let upper = text.to_uppercase();
        once().await;
        let both = format!("{text}{upper}");
        once().await;
        both.len() + upper.len()
    }

    large_argument(argument: [u8; 8192]) -> usize, called with ([1; 8192]) {
        once().await;
        argument.len()
    }

    three_deep(times: u32) -> u32, called with (10) {
        let first = two_deep(times).await;
        let second = two_deep(times).await;
        first + second
    }

    two_deep(times: u32) -> u32, called with (10) {
        let first = counted_loop(times).await;
        let second = counted_loop(times).await;
        first + second
    }

    question_marks(text: &str) -> Result<u32, std::num::ParseIntError>, called with ("7") {
        let first: u32 = after(text).await.parse()?;
        let second: u32 = after(text).await.parse()?;
        let third: u32 = after(text).await.parse()?;
        let fourth: u32 = after(text).await.parse()?;
        Ok(first + second + third + fourth)
    }

    // Held, borrowed at times and not at others; nothing of it is to move.
    large_array(rounds: usize) -> usize, called with (40) {
        let mut table = [0_u8; 65536];
        for round in 0..rounds {
            once().await;
            table[round % 8] += 1;
        }
        let first = table[0];
        once().await;
        usize::from(first + table[1])
    }

    passed_through(times: u32) -> u32, called with (30) {
        counted_loop(times).await
    }
}

/// Gives a value, after one suspension.
pub fn after<T: Unpin>(value: T) -> After<T> {
    After(Some(value), false)
}

pub struct After<T>(Option<T>, bool);

impl<T: Unpin> Future for After<T> {
    type Output = T;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        if !std::mem::replace(&mut self.1, true) {
            return Poll::Pending;
        }
        Poll::Ready(self.0.take().expect("polled again after it was ready"))
    }
}
