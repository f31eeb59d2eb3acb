//! A receiver that its own arguments assign is bound first, unless it is copied.
struct List(Vec<u32>);

impl List {
    fn with(self, n: u32) -> usize {
        self.0.len() + n as usize
    }
}

#[costate::coroutine]
fn length(mut list: List) -> usize {
    list.with({
        list = List(vec![]);
        std::future::ready(1).await
    })
}

fn main() {}
