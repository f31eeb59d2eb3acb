//! How large machines are, exactly: a size that changes is to be seen. None is larger than the `async fn` of the same
//! body.

// The issue's own words.
#![allow(dropping_copy_types)]

use costate_tests::once::once;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future as large as a socket's: two references and a flag.
struct Exchange<'a>(&'a mut [u8], &'a (), bool);

impl Future for Exchange<'_> {
    type Output = Result<usize, ()>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<usize, ()>> {
        let () = self.1;
        if std::mem::replace(&mut self.2, true) {
            Poll::Ready(Ok(self.0.len()))
        } else {
            Poll::Pending
        }
    }
}

fn exchange<'a>(buf: &'a mut [u8], with: &'a ()) -> Exchange<'a> {
    Exchange(buf, with, false)
}

/// A future that begins with a word.
#[repr(align(8))]
struct Read<T>(Option<T>);

impl<T: Unpin> Future for Read<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        self.0.take().map_or(Poll::Pending, Poll::Ready)
    }
}

fn read<T>() -> Read<T> {
    Read(None)
}

fn read_u8() -> Read<u8> {
    read()
}

fn read_u32() -> Read<u32> {
    read()
}

/// What its methods take by value.
struct Request([u64; 8]);

impl Request {
    fn header(mut self, value: u64) -> Request {
        self.0[0] += value;
        self
    }

    fn first(&self) -> u64 {
        self.0[0]
    }

    fn send(self) -> Sent {
        Sent(self, false)
    }
}

/// A future that has what it sends.
struct Sent(Request, bool);

impl Future for Sent {
    type Output = u64;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u64> {
        if std::mem::replace(&mut self.1, true) {
            Poll::Ready(self.0.first())
        } else {
            Poll::Pending
        }
    }
}

macro_rules! sizes {
    ($($name:ident($($argument:tt)*) -> $output:ty, called with ($($value:expr),*), takes $size:literal { $($body:tt)* })*) => {
        mod machine {
            use super::*;
            $(
                #[costate::coroutine]
                pub fn $name($($argument)*) -> $output { $($body)* }
            )*
        }
        mod native {
            #[allow(unused_imports)]
            use super::*;
            $(
                pub async fn $name($($argument)*) -> $output { $($body)* }
            )*
        }
        $(
            #[test]
            fn $name() {
                let ours = size_of_val(&machine::$name($($value),*));
                let native = size_of_val(&native::$name($($value),*));
                assert_eq!(ours, $size, "bytes of the machine; the `async fn` takes {native}");
                assert!(ours <= native, "{ours} bytes, and {native} of the `async fn`");
            }
        )*
    };
}

sizes! {
    // rust-lang/rust#62958: an `async fn` stores its arguments twice.
    a_large_argument(argument: [u8; 8192]) -> (), called with ([0; 8192]), takes 8194 {
        once().await;
        drop(argument);
    }

    one_suspension() -> (), called with (), takes 2 {
        once().await;
    }

    // They lie beside each other: what they could share room with is never as large as what there is later.
    what_futures_of_one_function_give() -> u32, called with (), takes 16 {
        let a = read::<u16>().await;
        let b = read::<u16>().await;
        let c = read::<u16>().await;
        once().await;
        u32::from(a + b + c)
    }

    small_locals() -> u32, called with (), takes 16 {
        let a = 1;
        once().await;
        let b = a + 1;
        once().await;
        let c = a + b;
        once().await;
        a + b + c
    }

    // What is less than a word lies beside the tag, not each in a word beside what comes after it.
    small_values_that_are_read() -> (u8, u8, u32, bool), called with (), takes 16 {
        let kind = read_u8().await;
        let flags: u8 = read().await;
        let id = read_u32().await;
        let last = read().await;
        once().await;
        if last { (kind, flags, id, true) } else { (kind, 0, id, false) }
    }

    what_is_compared_and_moved(left: (u64, String), right: (u64, String)) -> (),
        called with ((1, String::new()), (0, String::new())), takes 80 {
        let (first, second) = if left.0 <= right.0 { (left, right) } else { (right, left) };
        once().await;
        drop(first);
        once().await;
        drop(second);
    }

    a_counted_loop(times: u32) -> u32, called with (3), takes 24 {
        let mut sum = 0;
        for n in 0..times {
            once().await;
            sum += n;
        }
        sum
    }

    branches(times: u32) -> u32, called with (3), takes 24 {
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

    texts(text: String) -> usize, called with (String::new()), takes 80 {
        let upper = text.to_uppercase();
        once().await;
        let both = format!("{text}{upper}");
        once().await;
        both.len() + upper.len()
    }

    an_arm_that_binds_a_part(text: String) -> usize, called with (String::new()), takes 56 {
        match (&text, 3) {
            (text, 3) => {
                once().await;
                text.len()
            }
            _ => 0,
        }
    }

    two_children(times: u32) -> u32, called with (3), takes 36 {
        let first = a_counted_loop(times).await;
        let second = a_counted_loop(times).await;
        first + second
    }

    // One child of them at a time: they share their room.
    one_of_several(text: String, which: u8) -> usize, called with (String::new(), 0), takes 80 {
        match which {
            0 => {
                once().await;
                text.len()
            }
            1 => {
                let bytes = [which; 32];
                once().await;
                bytes.len()
            }
            _ => {
                let upper = text.to_uppercase();
                let wide: u128 = 1;
                once().await;
                upper.len() + wide as usize
            }
        }
    }

    // The inner blocks' locals end before the next ones begin.
    blocks_in_turn() -> usize, called with (), takes 48 {
        let mut sum = 0;
        {
            let first = vec![1, 2];
            once().await;
            sum += first.len();
        }
        {
            let second = [7_u64; 3];
            once().await;
            sum += second.len();
        }
        sum
    }

    // What is moved into the future that is awaited has that future's room.
    moved_into_a_child(text: String) -> usize, called with (String::new()), takes 88 {
        texts(text).await + 1
    }

    // What a function that only awaits another one adds is its tag.
    pass_through(buf: &mut [u8]) -> Result<usize, ()>, called with (&mut []), takes 40 {
        exchange(buf, &()).await
    }

    // A byte of flags says which of the two are there.
    moved_on_some_ways(one: String, other: String, which: bool) -> usize, called with (String::new(), String::new(), true), takes 64 {
        let mut length = 0;
        if which {
            length += one.into_bytes().len();
        } else {
            length += other.into_bytes().len();
        }
        once().await;
        length
    }

    // An error that is held beside the buffer whose retry it waits for.
    a_retry(buf: &mut [u8]) -> Result<usize, ()>, called with (&mut []), takes 120 {
        let mut last = Err(());
        for pause in [1_u64, 2, 4] {
            match exchange(buf, &()).await {
                Ok(n) => return Ok(n),
                Err(error) => last = Err(error),
            }
            once().await;
            let _ = pause;
        }
        last
    }

    a_buffer() -> Result<usize, ()>, called with (), takes 1080 {
        let with = ();
        let mut buf = [0; 1024];
        let mut total = 0;
        loop {
            let n = exchange(&mut buf, &with).await?;
            if n == 0 {
                return Ok(total);
            }
            exchange(&mut buf[..n], &with).await?;
            total += n;
        }
    }

    // What a call by value has consumed has no room any more.
    a_chain_of_calls_by_value() -> u64, called with (), takes 80 {
        let request = Request([1; 8]);
        once().await;
        let request = request.header(1);
        once().await;
        let request = request.header(2).header(3);
        let first = request.send().await;
        once().await;
        first
    }

    a_chain_that_is_awaited_at_once() -> u64, called with (), takes 80 {
        Request([1; 8]).header(1).header(2).send().await
    }

    // Nor is there a flag of what a call borrows.
    a_call_that_borrows() -> u64, called with (), takes 88 {
        let request = Request([1; 8]);
        once().await;
        let first = request.first();
        once().await;
        first
    }

    what_a_move_closure_and_a_macro_take() -> usize, called with (), takes 56 {
        let (list, request) = (vec![1u64], Request([1; 8]));
        let count = move || list.len();
        let all = vec![request];
        once().await;
        all.len() + count()
    }
}

/// The same issue's second example: each level of nesting doubles an `async fn`.
mod nested {
    use super::*;

    #[costate::coroutine]
    fn held<F: Future<Output = ()>>(future: F) {
        future.await;
    }

    #[costate::coroutine]
    fn innermost(argument: [u8; 8192]) {
        once().await;
        drop(argument);
    }

    #[test]
    fn a_level_adds_a_byte() {
        let four = held(held(held(innermost([0; 8192]))));
        assert_eq!(size_of_val(&four), 8192 + 2 + 3);
    }

    async fn use_future<F: Future<Output = ()>>(future: F) {
        future.await;
    }

    /// Of what is never made: eight megabytes would not lie on a test's stack.
    fn size_of_result<T>(_: impl FnOnce() -> T) -> usize {
        size_of::<T>()
    }

    #[test]
    fn ten_levels_are_little_more_than_the_argument() {
        macro_rules! ten {
            ($f:ident($inner:expr)) => {
                || $f($f($f($f($f($f($f($f($f($f($inner))))))))))
            };
        }
        let ours = size_of_result(ten!(held(innermost([0; 8192]))));
        assert_eq!(ours, 8192 + 2 + 10);
        let native = size_of_result(ten!(use_future(innermost([0; 8192]))));
        assert!(native > 8_000_000, "{native} bytes of the `async fn`");
    }
}
