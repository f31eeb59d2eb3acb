//! A body that is no Rust: what rustc says of it, once more what the macro does, and nothing of its `.await`s or callers.
#[costate::coroutine]
fn answer(text: String) -> usize {
    std::future::ready(()).await;
    text.len() text.len()
}

struct Store;

#[costate::coroutine]
impl Store {
    fn first(&self) -> usize {
        answer(String::new()).await
    }
    fn second(&self) -> usize {
        let x = ;
        self.first().await
    }
}

fn main() {
    drop((answer(String::new()), Store.first(), Store.second()));
}
