//! In the impl of a trait the attribute goes on the whole `impl`.
#[costate::coroutine]
trait Store {
    #[costate::coroutine]
    fn get(&self, key: u32) -> u32;
}

struct Empty;

impl Store for Empty {
    #[costate::coroutine]
    fn get(&self, key: u32) -> u32 {
        std::future::ready(key).await
    }
}

fn main() {}
