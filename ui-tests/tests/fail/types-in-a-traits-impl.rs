//! Mistakes in the methods of a trait's impl are said once, too.
use std::future::ready;

#[costate::coroutine]
trait Store {
    type Value;

    #[costate::coroutine]
    fn get(&self, key: u32) -> u32;

    #[costate::coroutine(Send)]
    fn put(&self, value: Self::Value) -> bool;

    #[costate::coroutine]
    fn clear(&self);
}

struct Table {
    rows: Vec<u32>,
}

#[costate::coroutine]
impl Store for Table {
    type Value = String;

    #[costate::coroutine]
    fn get(&self, key: u32) -> u32 {
        let mut found = ready(key).await;
        found = "none";
        ready(()).await;
        found
    }

    #[costate::coroutine(Send)]
    fn put(&self, value: Self::Value) -> bool {
        let known: Self::Value = if self.rows.is_empty() {
            ready(value).await
        } else {
            0
        };
        known.is_empty()
    }

    #[costate::coroutine]
    fn clear(&self) {
        ready(()).await;
        self.rows.clear();
    }
}

fn main() {}
