//! `select!` waits for something, and `else` comes last.
#[costate::coroutine]
fn wait() {
    select! {}
    select! {
        else => {}
        () = std::future::ready(()) => {}
    }
}

fn main() {
    let _ = wait();
}
