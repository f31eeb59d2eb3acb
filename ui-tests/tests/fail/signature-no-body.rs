//! A trait's method without a body: the attribute belongs on the trait.
trait Store {
    #[costate::coroutine]
    fn get(&self, key: u32) -> u32;
}

fn main() {}
