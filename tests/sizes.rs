//! How large machines are, exactly: a size that changes is to be seen. None is larger than the `async fn` of the same
//! body.

// The issue's own words.
#![allow(dropping_copy_types)]

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Suspends once; one byte.
struct Once(bool);

impl Future for Once {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

fn once() -> Once {
    Once(false)
}

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

    small_locals() -> u32, called with (), takes 20 {
        let a = 1;
        once().await;
        let b = a + 1;
        once().await;
        let c = a + b;
        once().await;
        a + b + c
    }

    a_counted_loop(times: u32) -> u32, called with (3), takes 24 {
        let mut sum = 0;
        for n in 0..times {
            once().await;
            sum += n;
        }
        sum
    }

    branches(times: u32) -> u32, called with (3), takes 28 {
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

    texts(text: String) -> usize, called with (String::new()), takes 88 {
        let upper = text.to_uppercase();
        once().await;
        let both = format!("{text}{upper}");
        once().await;
        both.len() + upper.len()
    }

    two_children(times: u32) -> u32, called with (3), takes 36 {
        let first = a_counted_loop(times).await;
        let second = a_counted_loop(times).await;
        first + second
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
}
