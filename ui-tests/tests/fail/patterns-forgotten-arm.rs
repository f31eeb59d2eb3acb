//! A match on a held local that forgets a case, with suspensions in its arms and without.
enum Reply {
    Number(u32),
    Nothing,
}

#[costate::coroutine]
fn answer(reply: Reply) -> u32 {
    std::future::ready(()).await;
    let one = match reply {
        Reply::Number(n) => n,
    };
    match reply {
        Reply::Number(n) => std::future::ready(n + one).await,
    }
}

fn main() {}
