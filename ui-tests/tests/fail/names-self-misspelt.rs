//! `self` misspelt, which rustc proposes.
struct Counter {
    count: u32,
}

async fn ready() {}

impl Counter {
    #[costate::coroutine]
    fn add(&mut self, n: u32) -> u32 {
        ready().await;
        selfx.count += n;
        ready().await;
        slef.count
    }
}

fn main() {
    drop(Counter { count: 1 }.add(1));
}
