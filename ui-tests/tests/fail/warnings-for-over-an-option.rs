//! A loop over an `Option` is warned of as anywhere.
#![deny(for_loops_over_fallibles)]

#[costate::coroutine]
fn f(o: Option<u32>) {
    for x in o {
        std::future::ready(x).await;
    }
}

fn main() {}
