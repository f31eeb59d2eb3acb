//! One of the arms that are returned is of another type, and so is the end of a branch.
use std::future::ready;

#[costate::coroutine]
fn of_a_match(n: u32) -> u32 {
    match n {
        0 => ready(1).await,
        1 => "one",
        _ => ready(2).await,
    }
}

#[costate::coroutine]
fn of_an_if(early: bool) -> u32 {
    if early {
        return "early";
    }
    if ready(true).await { "late" } else { 3 }
}

fn main() {}
