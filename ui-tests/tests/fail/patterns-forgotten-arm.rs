//! A match on a held local that forgets a case, with suspensions in its arms and without.
#[costate::coroutine]
fn answer(maybe: Option<u32>) -> u32 {
    std::future::ready(()).await;
    let one = match maybe {
        Some(n) => n,
    };
    match maybe {
        Some(n) => std::future::ready(n + one).await,
    }
}

fn main() {}
