//! What another macro makes of a suspension nobody knows.
macro_rules! twice {
    ($value:expr) => {
        $value + $value
    };
}

#[costate::coroutine]
fn four() -> u32 {
    let four = twice!(std::future::ready(2).await);
    four
}

fn main() {}
