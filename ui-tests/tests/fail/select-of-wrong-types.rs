//! The bodies of a `select!` are of one type, as the arms of a `match` are; what is awaited is a future.
#[costate::coroutine]
fn wait() -> u32 {
    let n = select! {
        n = std::future::ready(1) => n,
        _ = std::future::ready(()) => "none",
    };
    select! { n = 5 => {} }
    n
}

fn main() {
    let _ = wait();
}
