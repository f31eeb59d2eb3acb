//! A machine in a box of its own can't outlive what its `self` borrows.
trait Consume {
    fn consume(self) -> impl Future<Output = usize>;
}

struct Own<T>(T);

#[costate::coroutine]
impl<T: AsRef<str>> Consume for Own<T> {
    fn consume(self) -> usize {
        std::future::ready(()).await;
        self.0.as_ref().len()
    }
}

fn main() {
    let machine = {
        let text = String::from("freed before the first poll");
        Own(&*text).consume()
    };
    costate::block_on(machine);
}
