//! A value of the wrong type is returned early.
#[costate::coroutine]
fn f(b: bool) -> u32 {
    std::future::ready(()).await;
    if b {
        return "no";
    }
    3
}

fn main() {}
