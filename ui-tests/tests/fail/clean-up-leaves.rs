//! `break`, `continue` and `return` in clean-up, but for those of its own loops.
#[costate::coroutine]
fn serve() {
    loop {
        defer! { break; }
        on_cancel! {
            for n in 0..3 {
                if n == 1 { continue; }
            }
            return;
        }
        std::future::ready(1).await;
    }
}

fn main() {
    let _ = serve();
}
