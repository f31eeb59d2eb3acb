//! The smallest generator: a function that counts and hands out each number on its way.
//!
//! ```text
//! cargo run -p costate-examples --bin counter
//! ```

use costate::{Generator, Resumed};
use std::pin::pin;

/// Counts from `from` to `to`, both included, and returns how many numbers that were.
#[costate::coroutine(yield = u32)]
fn counter(from: u32, to: u32) -> u32 {
    let mut steps = 0;
    for number in from..=to {
        yield_!(number);
        steps += 1;
    }
    steps
}

fn main() {
    let mut counting = pin!(counter(1, 5));
    println!("resume by resume:");
    loop {
        match counting.as_mut().resume() {
            Resumed::Yielded(number) => {
                counting.as_mut().trace(&mut |frame| {
                    println!(
                        "  {number}   suspended at `yield_!({})`, line {}",
                        frame.awaiting, frame.line
                    );
                });
            }
            Resumed::Complete(steps) => {
                println!("  done after {steps} numbers");
                break;
            }
        }
    }

    let counting = pin!(counter(1, 10));
    let even: Vec<u32> = counting.iter().filter(|number| number % 2 == 0).collect();
    println!("the even ones of the first ten, as an iterator: {even:?}");
}
