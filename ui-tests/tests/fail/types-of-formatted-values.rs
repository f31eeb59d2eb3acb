//! What a format string can't show is reported once, held or not.
struct Plain;

#[costate::coroutine]
fn show(held: Plain) {
    std::future::ready(()).await;
    let other = Plain;
    println!("{held:?} {}", other);
}

fn main() {}
