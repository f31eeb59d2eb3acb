//! A trait and its impls are annotated as a whole; in the trait each coroutine is marked.
#[costate::coroutine]
trait Store {
    #[costate::coroutine]
    fn get(&self, key: u32) -> u32;

    fn name(&self) -> &'static str;
}

struct Doubling;

#[costate::coroutine]
impl Store for Doubling {
    #[costate::coroutine]
    fn get(&self, key: u32) -> u32 {
        let key = std::future::ready(key).await;
        key * 2
    }

    fn name(&self) -> &'static str {
        "doubling"
    }
}

fn main() {
    assert_eq!(costate::block_on(Doubling.get(4)), 8);
    assert_eq!(Doubling.name(), "doubling");
}
