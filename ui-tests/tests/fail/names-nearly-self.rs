//! An item whose name is nearly `self`: no silent guess which of them is meant.
use std::sync::Mutex;

#[allow(non_upper_case_globals)]
static elf: Mutex<u32> = Mutex::new(1);

struct Counter {
    count: u32,
}

async fn ready() {}

impl Counter {
    #[costate::coroutine]
    fn add(&self) -> u32 {
        ready().await;
        self.count + *elf.lock().unwrap()
    }
}

fn main() {
    drop(Counter { count: 1 }.add());
}
