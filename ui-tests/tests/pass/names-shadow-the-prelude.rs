//! Items of the user's that are called as the standard library's don't disturb the expansion.
#![allow(dead_code, non_camel_case_types)]

struct Option;
struct Result;
struct Poll;
struct Pin;
struct Box;
struct Some;
struct core;

#[costate::coroutine]
fn answer(step: u32) -> u32 {
    let answer = ::std::future::ready(42).await;
    answer + step
}

fn main() {
    assert_eq!(::costate::block_on(answer(1)), 43);
}
