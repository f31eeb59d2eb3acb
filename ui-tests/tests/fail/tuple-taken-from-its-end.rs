//! How long a tuple is, only its type says: its end may be the field that is assigned.

async fn tick() {}

#[costate::coroutine]
fn refill(pair: (String, String)) -> usize {
    let mut pair = pair;
    let (.., last) = pair;
    tick().await;
    pair.1 = String::new();
    last.len()
}

fn main() {
    costate::block_on(refill(Default::default()));
}
