//! A field that a pattern moved out and an assignment fills again: refused, never dropped twice.

#[costate::coroutine]
fn refill(mut both: (String, String)) -> usize {
    let (_, right) = both;
    std::future::ready(()).await;
    both.1 = String::from("new");
    std::future::ready(()).await;
    both.1.len() + right.len()
}

fn main() {
    costate::block_on(refill((String::new(), String::new())));
}
