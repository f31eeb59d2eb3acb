//! A closure among a macro's arguments is a closure like any other.
#[costate::coroutine]
fn all(list: Vec<u32>) -> String {
    format!("{:?}", list.iter().map(|n| std::future::ready(*n).await))
}

fn main() {}
