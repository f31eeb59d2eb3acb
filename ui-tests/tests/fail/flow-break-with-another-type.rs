//! A loop's value is of the function's type.
#[costate::coroutine]
fn f(b: bool) -> u32 {
    loop {
        std::future::ready(()).await;
        if b {
            break "x";
        }
    }
}

fn main() {}
