//! A field that there is not, in a method: its receiver is called what the user calls it.
struct Counter {
    count: u32,
}

impl Counter {
    #[costate::coroutine]
    fn next(&mut self) -> u32 {
        std::future::ready(()).await;
        self.counter += 1;
        self.count
    }
}

fn main() {}
