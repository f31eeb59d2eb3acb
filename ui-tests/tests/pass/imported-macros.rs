//! Macros of ours that are imported by name are used, and none of them need be.
#![deny(warnings, unreachable_pub)]
#![forbid(unused_imports, dead_code, unsafe_code)]
use costate::{defer, select};
use std::future::ready;

#[costate::coroutine]
fn first(n: u32) -> u32 {
    defer! {
        assert!(n > 0);
    }
    select! {
        x = ready(n) => x,
        y = ready(1) => y,
    }
}

#[costate::coroutine]
fn second(n: u32) -> u32 {
    costate::on_cancel! {
        assert!(n > 0);
    }
    ready(n).await
}

mod without {
    #[costate::coroutine]
    pub(super) fn third(n: u32) -> u32 {
        on_cancel! {
            assert!(n > 0);
        }
        std::future::ready(n).await
    }
}

fn main() {
    let all = costate::block_on(first(1)) + costate::block_on(second(2));
    assert_eq!(all + costate::block_on(without::third(3)), 6);
}
