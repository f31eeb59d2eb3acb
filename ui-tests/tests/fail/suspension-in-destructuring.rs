//! Not on the left of an assignment that takes a value apart.
#[costate::coroutine]
fn swap(mut list: Vec<u32>) -> Vec<u32> {
    (list[std::future::ready(0).await], list[1]) = (2, 3);
    list
}

fn main() {}
