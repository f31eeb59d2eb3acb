//! A match that forgets a case.
enum Reply {
    Number(u32),
    Nothing,
}

#[costate::coroutine]
fn answer() -> u32 {
    match std::future::ready(Reply::Number(1)).await {
        Reply::Number(n) => n,
    }
}

fn main() {}
