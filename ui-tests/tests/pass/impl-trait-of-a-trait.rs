//! A method of a trait that takes `self` by value, or has type parameters of its own, and returns an `impl Trait`.

use std::fmt::Debug;
use std::future::{Future, ready};

trait Finish {
    fn finish(self) -> impl Future<Output = impl Debug>;
    fn finish_with<A: Debug>(&self, more: A) -> impl Future<Output = impl Debug>;
}

#[costate::coroutine]
impl<T: Debug> Finish for Option<T> {
    fn finish(self) -> impl Debug {
        ready(()).await;
        self
    }

    fn finish_with<A: Debug>(&self, more: A) -> impl Debug {
        ready(()).await;
        (self.is_some(), more)
    }
}

fn main() {
    let text = String::from("text");
    let finished = costate::block_on(Some(&text).finish());
    assert_eq!(format!("{finished:?}"), "Some(\"text\")");
    let finished = costate::block_on(Some(1).finish_with(&text));
    assert_eq!(format!("{finished:?}"), "(true, \"text\")");
}
