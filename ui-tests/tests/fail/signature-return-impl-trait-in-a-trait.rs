//! A method of a trait has its machine in a box, which has to know what it gives, where no lifetime is outlived by the others.
trait Finish<'a> {
    fn finish(&self, text: &'a str) -> impl Future<Output = impl Copy>;
}

#[costate::coroutine]
impl<'a, T: Copy> Finish<'a> for Option<T> {
    fn finish(&self, text: &'a str) -> impl Copy {
        std::future::ready(()).await;
        (*self, text)
    }
}

fn main() {}
