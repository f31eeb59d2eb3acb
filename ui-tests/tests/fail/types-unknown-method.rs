//! A method that there isn't, on a local that is held.
#[costate::coroutine]
fn answer(text: String) -> usize {
    std::future::ready(()).await;
    text.lenght()
}

fn main() {}
