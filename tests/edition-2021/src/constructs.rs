//! One body for each kind of code that the machine writes, in the style that pedantic lints ask for.

use machines::task::yield_now as step;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What is taken apart, and put together.
#[derive(Debug, Clone, Default)]
pub struct Pair {
    /// A text.
    pub left: String,
    /// Another one.
    pub right: Option<String>,
}

/// Ends the program.
///
/// # Panics
///
/// If it is ever called.
pub fn fail(why: &str) -> ! {
    panic!("{why}")
}

/// Patterns that bind by value and as `mut`, guards, `let .. else`, and arms that leave.
///
/// # Errors
///
/// If there is nothing on the right.
#[machines::coroutine(crate = machines)]
pub fn takes_apart(pair: Pair, numbers: Vec<(u32, u32)>) -> Result<String, String> {
    let mut text = String::new();
    for (mut low, high) in numbers {
        step().await;
        low += high;
        if low == 0 {
            continue;
        }
        step().await;
        match low {
            n if n > 100 => {
                step().await;
                break;
            }
            other => write!(text, "{other} ").unwrap_or_default(),
        }
    }
    let Pair { mut left, right } = pair;
    step().await;
    left.push('!');
    let Some(mut right) = right else {
        return Err(format!("{left} is alone"));
    };
    step().await;
    right.insert(0, '<');
    if text.is_empty() {
        fail("no numbers");
    }
    Ok(text + &left + &right)
}

/// Closures, by reference and by value, and methods that consume.
#[machines::coroutine(crate = machines)]
pub fn captures(names: Vec<String>, limit: usize) -> (usize, String) {
    let mut seen = BTreeMap::new();
    let longest = names.iter().map(String::len).max();
    step().await;
    let is_short = |name: &String| name.len() < limit;
    step().await;
    for name in names.iter().filter(|name| is_short(name)) {
        step().await;
        *seen.entry(name.clone()).or_insert(0_usize) += name.len();
    }
    let lengths = names.iter().map(String::len);
    step().await;
    let pairs = lengths.zip(number(3).await..);
    step().await;
    let largest = pairs
        .map(|(length, n)| length.max(usize::try_from(n).unwrap_or_default()))
        .max();
    let joined = names.join("-");
    let most = longest.unwrap_or_default();
    step().await;
    let shout = move || joined.to_uppercase();
    step().await;
    (
        seen.into_values().sum::<usize>() + most + largest.unwrap_or_default(),
        shout(),
    )
}

/// Suspensions in operands, conditions and arguments; loops with labels and values.
#[machines::coroutine(crate = machines)]
pub fn nests(limit: u32) -> u32 {
    let mut sum = number(1).await + number(2).await;
    sum += number(3).await;
    let found = 'outer: loop {
        let mut turn = 0;
        while turn < limit && number(turn).await < 4 {
            turn += 1;
            if turn == 3 && number(sum).await > 5 {
                break 'outer turn;
            }
        }
        if number(turn).await >= limit {
            break turn;
        }
    };
    assert_eq!(number(7).await, 7, "the number is {sum}");
    assert!(sum > 3);
    let largest = if sum > found {
        sum
    } else {
        step().await;
        found
    };
    largest.max(number(found).await)
}

/// Gives a number back.
#[machines::coroutine(crate = machines)]
pub fn number(n: u32) -> u32 {
    step().await;
    n
}

/// Recursion, in a box.
#[machines::coroutine(crate = machines, boxed, Send)]
pub fn factorial(n: u64) -> u64 {
    if n < 2 {
        return 1;
    }
    n * factorial(n - 1).await
}

/// Serves until the end of the world.
#[machines::coroutine(crate = machines)]
pub fn serve(words: &[&str]) -> std::convert::Infallible {
    let mut count = 0_usize;
    loop {
        step().await;
        count += words.len();
        if count > 1000 {
            fail("enough");
        }
    }
}

/// Struct literals whose fields are locals of the same name, held and not.
#[machines::coroutine(crate = machines)]
pub fn puts_together(left: String) -> Pair {
    step().await;
    let right = Some(left.clone());
    Pair { left, right }
}

/// Branches that panic, of an `if`, a `match` and at the end.
///
/// # Panics
///
/// If there is no number, or it is 0.
#[machines::coroutine(crate = machines)]
pub fn expects(number: Option<u32>) -> u32 {
    let number = match number {
        Some(number) => {
            step().await;
            number
        }
        None => panic!("no number"),
    };
    let number = if number > 0 {
        step().await;
        number - 1
    } else {
        panic!("{number} is too small")
    };
    step().await;
    if number < 100 {
        return number;
    }
    panic!("{number} is too large")
}

/// Uses all of the above.
#[machines::coroutine(crate = machines)]
pub fn all() -> String {
    let pair = Pair {
        left: "left".to_owned(),
        right: Some("right".to_owned()),
    };
    let apart = takes_apart(pair, vec![(1, 2), (0, 0), (3, 4), (100, 1), (5, 5)]).await;
    let alone = takes_apart(Pair::default(), Vec::new()).await;
    let (letters, shout) = captures(vec!["a".to_owned(), "bcd".to_owned()], 3).await;
    let nested = nests(5).await;
    let product = factorial(5).await;
    let together = puts_together("a".to_owned()).await;
    let expected = expects(Some(7)).await;
    format!("{apart:?} {alone:?} {letters} {shout} {nested} {product} {together:?} {expected}")
}

/// What [`all`] says.
pub const ALL: &str = "Ok(\"3 7 left!<right\") Err(\"! is alone\") 8 A-BCD 6 120 \
     Pair { left: \"a\", right: Some(\"a\") } 6";
