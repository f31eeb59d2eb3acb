//! Mistakes in an `unsafe fn` are said once, too, and what is unsafe in it is called so.
#![deny(unsafe_op_in_unsafe_fn)]
use std::future::ready;

#[costate::coroutine]
unsafe fn read(place: *const u32, other: impl Clone) -> u32 {
    let mut found = ready(1).await;
    found = "none";
    let first = if ready(true).await { found } else { "other" };
    ready(()).await;
    other.show();
    first
}

#[costate::coroutine]
unsafe fn read_twice(place: *const u32) -> u32 {
    let first = unsafe { *place };
    ready(()).await;
    first + *place
}

fn main() {}
