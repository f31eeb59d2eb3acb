//! The receiver is called by its name.
use std::future::{Ready, ready};

struct Store(Vec<u32>);

impl Store {
    fn load(&self) -> Ready<u32> {
        ready(self.0[0])
    }
    #[costate::coroutine]
    fn first(&mut self) -> u32 {
        drop(self);
        self.load().await
    }
    #[costate::coroutine]
    fn last(mut self) -> u32 {
        let borrowed = &mut self;
        let n = self.load().await;
        borrowed.0.push(n);
        n
    }
}

fn main() {}
