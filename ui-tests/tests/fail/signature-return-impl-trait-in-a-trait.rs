//! A method of a trait that takes `self` by value has its machine in a box, which has to know what it gives.
trait Finish {
    fn finish(self) -> impl Future<Output = impl Copy>;
}

#[costate::coroutine]
impl<T: Copy> Finish for Option<T> {
    fn finish(self) -> impl Copy {
        std::future::ready(()).await;
        self
    }
}

fn main() {}
