//! Not in the guard of a match arm.
#[costate::coroutine]
fn kind(n: u32) -> &'static str {
    match n {
        0 if std::future::ready(true).await => "none",
        _ => "some",
    }
}

fn main() {}
