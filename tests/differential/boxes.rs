//! By-value methods of held boxes: of what is in them, of the box itself, and of traits that both have.

use costate_tests::differential;
use costate_tests::props::*;
use std::future::Future;
use std::pin::Pin;

trait Service {
    type Answer;
    fn call(self, n: u32) -> Tick<u32>;
    fn name(&self) -> u32 {
        1
    }
    fn finish(self) -> u32
    where
        Self: Sized;
    fn by_mut(&mut self) -> u32 {
        2
    }
}
pub struct S(pub Noisy);
impl Service for S {
    type Answer = u32;
    fn call(self, n: u32) -> Tick<u32> {
        self.0.touch();
        after(1, n)
    }
    fn finish(self) -> u32 {
        self.0.touch();
        7
    }
}
impl<T: Service> Service for Box<T> {
    type Answer = T::Answer;
    fn call(self, n: u32) -> Tick<u32> {
        (*self).call(n + 1)
    }
    fn finish(self) -> u32 {
        (*self).finish() + 1
    }
}
pub trait Plain {
    fn eat(self) -> u32;
    fn eat_with(self, n: u32) -> u32;
    fn look(&self) -> u32;
}
impl Plain for S {
    fn eat(self) -> u32 {
        self.0.touch();
        3
    }
    fn eat_with(self, n: u32) -> u32 {
        self.0.touch();
        n
    }
    fn look(&self) -> u32 {
        5
    }
}
trait Dyn {
    fn go(self: Box<Self>) -> Pin<Box<dyn Future<Output = u32>>>;
    fn go_with(self: Box<Self>, n: u32) -> u32;
    fn look_at(&self) -> u32;
}
impl Dyn for S {
    fn go(self: Box<Self>) -> Pin<Box<dyn Future<Output = u32>>> {
        self.0.touch();
        Box::pin(after(1, 4))
    }
    fn go_with(self: Box<Self>, n: u32) -> u32 {
        self.0.touch();
        n
    }
    fn look_at(&self) -> u32 {
        6
    }
}
trait OfBox {
    fn off(self) -> u32;
    fn off_with(self, n: u32) -> u32;
}
impl OfBox for Box<S> {
    fn off(self) -> u32 {
        self.0.touch();
        8
    }
    fn off_with(self, n: u32) -> u32 {
        self.0.touch();
        n
    }
}
trait Ext {
    fn tap(self) -> Self;
    fn tap_with(self, n: u32) -> Self;
}
impl<T> Ext for T {
    fn tap(self) -> Self {
        self
    }
    fn tap_with(self, n: u32) -> Self {
        self
    }
}

differential! {
    fn a_trait_by_value_that_boxes_have_too() -> u32 {
    let s = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.call(3).await;
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_by_value_without_arguments() -> u32 {
    let s = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.finish();
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_by_value_of_what_is_in_the_box() -> u32 {
    let s = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.look() + s.eat();
    tick(1).await;
    n
    }
}
differential! {
    fn the_same_with_an_argument() -> u32 {
    let s = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.eat_with(3);
    tick(1).await;
    n
    }
}
differential! {
    fn a_method_that_takes_the_box_of_a_trait_object() -> u32 {
    let s: Box<dyn Dyn> = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.look_at() + s.go().await;
    tick(1).await;
    n
    }
}
differential! {
    fn the_same_of_a_trait_object_with_an_argument() -> u32 {
    let s: Box<dyn Dyn> = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.go_with(3);
    tick(1).await;
    n
    }
}
differential! {
    fn a_method_that_takes_the_box() -> u32 {
    let s = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.go_with(3);
    tick(1).await;
    n
    }
}
differential! {
    fn a_method_that_takes_the_box_is_awaited() -> u32 {
    let s = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.go().await;
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_that_only_the_box_has() -> u32 {
    let s = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.off();
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_that_only_the_box_has_with_an_argument() -> u32 {
    let s = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.off_with(3);
    tick(1).await;
    n
    }
}
differential! {
    fn a_trait_that_everything_has() -> u32 {
    let s = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.tap();
    tick(1).await;
    n.0.touch();
    1
    }
}
differential! {
    fn a_trait_that_everything_has_with_an_argument() -> u32 {
    let s = Box::new(S(noisy("s")));
    tick(1).await;
    let n = s.tap_with(3);
    tick(1).await;
    n.0.touch();
    1
    }
}
differential! {
    fn a_boxed_function_is_called_once() -> u32 {
    let x = noisy("x");
    let f: Box<dyn FnOnce(u32) -> u32> = Box::new(move |n| { x.touch(); n });
    tick(1).await;
    let n = f(3);
    tick(1).await;
    n
    }
}
differential! {
    fn a_boxed_iterator_is_mapped() -> u32 {
    let it: Box<dyn Iterator<Item = u32>> = Box::new(vec![1, 2, 3].into_iter());
    tick(1).await;
    let n = it.map(|x| x + 1).sum();
    tick(1).await;
    n
    }
}
differential! {
    fn a_box_of_an_iterator_is_filtered() -> u32 {
    let it = Box::new(vec![1, 2, 3].into_iter());
    tick(1).await;
    let n: Vec<u32> = it.filter(|x| *x > 1).collect();
    tick(1).await;
    n.len() as u32
    }
}
differential! {
    fn a_boxed_iterator_is_counted() -> u32 {
    let mut it: Box<dyn Iterator<Item = u32>> = Box::new(vec![1, 2, 3].into_iter());
    tick(1).await;
    let n = it.next().unwrap();
    tick(1).await;
    n + it.count() as u32
    }
}
differential! {
    fn a_boxed_slice() -> u32 {
    let it: Box<[u32]> = Box::new([1, 2, 3]);
    tick(1).await;
    let v = it.into_vec();
    tick(1).await;
    let mut n = 0;
    for x in v { n += x; tick(1).await; } n
    }
}
differential! {
    fn a_boxed_future() -> u32 {
    let f: Pin<Box<dyn Future<Output = u32>>> = Box::pin(after(1, 3));
    tick(1).await;
    f.await
    }
}
differential! {
    fn a_boxed_option() -> u32 {
    let f = Box::new(Some(noisy("o")));
    tick(1).await;
    let n = f.unwrap();
    tick(1).await;
    n.touch();
    3
    }
}
differential! {
    fn a_method_of_what_is_in_the_box() -> u32 {
    let f = Box::new(noisy("o"));
    tick(1).await;
    let n = f.into_name();
    tick(1).await;
    n.len() as u32
    }
}
differential! {
    fn a_method_of_what_is_in_the_box_is_awaited() -> u32 {
    let f = Box::new(noisy("o"));
    tick(1).await;
    let n = f.sent(1).await;
    tick(1).await;
    n.touch();
    1
    }
}
differential! {
    fn anything_is_downcast() -> u32 {
    let f: Box<dyn std::any::Any> = Box::new(noisy("o"));
    tick(1).await;
    let n = f.downcast::<Noisy>().unwrap();
    tick(1).await;
    n.touch();
    1
    }
}
differential! {
    fn a_number_in_a_box() -> u32 {
    let f = Box::new(5u32);
    tick(1).await;
    let n = *f;
    tick(1).await;
    n
    }
}
