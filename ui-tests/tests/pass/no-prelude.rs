//! An expansion takes nothing from a prelude.
#![no_implicit_prelude]
#![forbid(unsafe_code)]
#![deny(warnings)]

use ::std::prelude::v1::{Iterator as _, None, Option, Some, String, ToOwned as _, assert_eq};

#[::costate::coroutine]
fn longest(words: &[&str]) -> Option<String> {
    let mut longest = None;
    for word in words {
        let length = ::std::future::ready(word.len()).await;
        match &longest {
            Some((most, _)) if *most >= length => ::costate::task::yield_now().await,
            _ => longest = Some((length, (*word).to_owned())),
        }
    }
    let (_, word) = longest?;
    ::costate::task::yield_now().await;
    Some(word)
}

#[::costate::coroutine(yield = u32)]
fn upto(n: u32) {
    for i in 0..n {
        yield_!(i);
    }
}

fn main() {
    let found = ::costate::block_on(longest(&["a", "bcd", "ef"]));
    assert_eq!(found.as_deref(), Some("bcd"));
    let all = ::std::pin::pin!(upto(3));
    assert_eq!(::costate::Generator::iter(all).sum::<u32>(), 3);
}
