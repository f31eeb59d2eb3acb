//! A function of an impl that has no receiver.
struct Counter;

impl Counter {
    #[costate::coroutine]
    fn next() -> u32 {
        std::future::ready(()).await;
        self.get()
    }

    fn get(&self) -> u32 {
        1
    }
}

fn main() {}
