//! A trait that is annotated has to say which of its methods are coroutines.
#[costate::coroutine]
trait Store {
    fn get(&self, key: u32) -> u32;
}

fn main() {}
