//! Whether a method borrows or changes an element cannot be seen before its argument suspends.
#[costate::coroutine]
fn name(list: Vec<String>, at: usize) -> bool {
    list[at].starts_with(std::future::ready(list[0].as_str()).await)
}

fn main() {}
