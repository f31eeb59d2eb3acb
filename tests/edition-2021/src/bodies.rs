//! Bodies of every kind, in the style that pedantic lints ask for.

use machines::Generator;
use std::fmt::Display;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A future that is pending once.
#[derive(Debug, Default)]
pub struct Step {
    was_polled: bool,
}

/// Makes a [`Step`].
#[must_use]
pub fn step() -> Step {
    Step::default()
}

impl Future for Step {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.was_polled, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

/// Counts the letters of the words that parse, with borrows and a loop across suspensions.
///
/// # Errors
///
/// If a word is too long.
#[machines::coroutine(crate = machines)]
pub fn count_letters(words: &[String], limit: usize) -> Result<usize, String> {
    let mut letters = 0;
    for word in words {
        step().await;
        if word.len() > limit {
            return Err(format!("{word} is too long"));
        }
        letters += word.len();
    }
    Ok(letters)
}

/// Awaits another machine, with `?`, a match and a condition.
///
/// # Errors
///
/// If a word is too long.
#[machines::coroutine(crate = machines)]
pub fn describe(words: Vec<String>) -> Result<String, String> {
    let letters = count_letters(&words, 10).await?;
    let text = match letters {
        0 => "nothing".to_owned(),
        1..=3 => {
            step().await;
            "little".to_owned()
        }
        more => format!("{more} letters"),
    };
    step().await;
    Ok(text)
}

/// A generic function with a callback and an `impl Trait` argument.
#[machines::coroutine(crate = machines)]
pub fn convert<T, F>(value: T, change: F, with: impl Display) -> String
where
    T: Clone,
    F: Fn(T) -> u32,
{
    let copy = value.clone();
    step().await;
    let first = change(copy);
    step().await;
    let second = change(value);
    format!("{first}{with}{second}")
}

/// Something with methods.
#[derive(Debug, Default)]
pub struct Account {
    entries: Vec<i64>,
}

impl Account {
    /// Adds an entry.
    #[machines::coroutine(crate = machines)]
    pub fn add(&mut self, entry: i64) -> usize {
        step().await;
        self.entries.push(entry);
        self.entries.len()
    }

    /// The sum of all entries.
    #[machines::coroutine(crate = machines)]
    pub fn balance(&self) -> i64 {
        let mut sum = 0;
        for entry in &self.entries {
            step().await;
            sum += entry;
        }
        sum
    }

    /// Ends the account.
    #[machines::coroutine(crate = machines)]
    pub fn close(self) -> Vec<i64> {
        step().await;
        self.entries
    }
}

/// A trait with a machine in it.
#[machines::coroutine(crate = machines)]
pub trait Source {
    /// The next item.
    #[coroutine]
    fn next_item(&mut self) -> Option<u32>;
}

/// Counts down.
#[derive(Debug)]
pub struct Countdown(pub u32);

#[machines::coroutine(crate = machines)]
impl Source for Countdown {
    #[coroutine]
    fn next_item(&mut self) -> Option<u32> {
        step().await;
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }
}

/// Adds up a source.
#[machines::coroutine(crate = machines)]
pub fn add_up<S: Source>(mut source: S) -> u32 {
    let mut sum = 0;
    while let Some(item) = source.next_item().await {
        sum += item;
    }
    sum
}

/// Yields the odd numbers below `limit`.
#[machines::coroutine(crate = machines, yield = u32)]
pub fn odd_numbers(limit: u32) -> u32 {
    let mut n = 1;
    while n < limit {
        yield_!(n);
        n += 2;
    }
    n
}

/// Collects what [`odd_numbers`] yields.
#[must_use]
pub fn odd_numbers_below(limit: u32) -> Vec<u32> {
    let mut numbers = Box::pin(odd_numbers(limit));
    let mut seen = Vec::new();
    while let machines::Resumed::Yielded(n) = numbers.as_mut().resume() {
        seen.push(n);
    }
    seen
}

/// Uses all of the above.
#[machines::coroutine(crate = machines)]
pub fn everything() -> Vec<String> {
    let mut lines = Vec::new();
    let words = vec!["one".to_owned(), "seven".to_owned()];
    let described = describe(words).await;
    lines.push(described.unwrap_or_default());
    let failed = describe(vec!["extraordinary".to_owned()]).await;
    lines.push(failed.unwrap_or_else(|error| error));
    let converted = convert(3_u32, |n| n * 2, '-').await;
    lines.push(converted);
    let mut account = Account::default();
    account.add(5).await;
    let count = account.add(-2).await;
    let balance = account.balance().await;
    let entries = account.close().await;
    lines.push(format!("{count} {balance} {entries:?}"));
    let sum = add_up(Countdown(4)).await;
    lines.push(format!("{sum} {:?}", odd_numbers_below(6)));
    lines
}

/// Polls to the end.
pub fn run<F: Future>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    let mut context = Context::from_waker(std::task::Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
    }
}

/// What [`everything`] says.
pub const EVERYTHING: [&str; 5] = [
    "8 letters",
    "extraordinary is too long",
    "6-6",
    "2 3 [5, -2]",
    "6 [1, 3, 5]",
];
