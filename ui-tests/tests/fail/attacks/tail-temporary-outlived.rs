//! A temporary of a block's tail isn't kept for what borrows from it, suspension or not.
fn make() -> String {
    String::from("heap")
}

#[costate::coroutine]
fn outlive() -> usize {
    let text: &str = {
        std::future::ready(()).await;
        make().as_str()
    };
    std::future::ready(()).await;
    text.len()
}

fn main() {}
