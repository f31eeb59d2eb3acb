//! Functions and methods that hand on the future of a generic coroutine: of its parameters nothing is asked.

#![forbid(unsafe_code)]
use std::future::{Future, ready};
use std::rc::Rc;
#[costate::coroutine]
fn keep<T>(x: T) -> T {
    ready(()).await;
    x
}
fn hand_on<T>(x: T) -> impl Future<Output = T> {
    keep(x)
}
fn hand_on_send<T: Send>(x: T) -> impl Future<Output = T> + Send {
    keep(x)
}
fn hand_on_ref<'a, T>(x: &'a T) -> impl Future<Output = &'a T> {
    keep(x)
}
#[costate::coroutine]
fn two<T, U: Clone>(x: T, y: &U) -> (T, U) {
    let r = &x;
    ready(()).await;
    let _ = r;
    ready(()).await;
    let u = y.clone();
    (x, u)
}
fn hand_on_two<'a, T, U: Clone>(x: T, y: &'a U) -> impl Future<Output = (T, U)> + use<'a, T, U> {
    two(x, y)
}
#[costate::coroutine]
fn joined(x: impl ToString, y: &str) -> String {
    let s = x.to_string();
    ready(()).await;
    s + y + &x.to_string()
}
fn hand_on_joined<'a, T: ToString>(x: T, y: &'a str) -> impl Future<Output = String> + use<'a, T> {
    joined(x, y)
}
struct Owner<T>(T);
impl<T: Clone> Owner<T> {
    #[costate::coroutine]
    fn own(self) -> T {
        let c = self.0.clone();
        let r = &c;
        ready(()).await;
        let _ = r;
        c
    }
    #[costate::coroutine]
    fn lent(&self, other: T) -> (T, T) {
        ready(()).await;
        (self.0.clone(), other)
    }
    fn handed(self) -> impl Future<Output = T> {
        self.own()
    }
}
#[costate::coroutine]
trait Service<A> {
    #[coroutine]
    fn m(self, a: A) -> A;
    #[coroutine]
    fn n<B>(&self, b: B) -> B;
}
#[costate::coroutine]
impl<A, T> Service<A> for Owner<T> {
    fn m(self, a: A) -> A {
        ready(()).await;
        drop(self);
        a
    }
    fn n<B>(&self, b: B) -> B {
        ready(()).await;
        b
    }
}
trait Client {
    type Out;
    fn call(&self, o: Self::Out) -> impl Future<Output = Self::Out>;
    fn send<T: Send>(o: T) -> impl Future<Output = T> + Send;
}
impl<X> Client for Owner<X> {
    type Out = X;
    fn call(&self, o: X) -> impl Future<Output = X> {
        keep(o)
    }
    fn send<T: Send>(o: T) -> impl Future<Output = T> + Send {
        keep(o)
    }
}
fn spawned<T: Send + 'static>(value: T) -> costate::Task<T> {
    costate::spawn(keep(value))
}

fn main() {
    let text = String::from("text");
    assert_eq!(costate::block_on(hand_on(&text)), "text");
    assert_eq!(costate::block_on(hand_on_send(&text)), "text");
    assert_eq!(costate::block_on(hand_on_ref(&text)), "text");
    assert_eq!(costate::block_on(hand_on_two(&text, &&text)).1, "text");
    assert_eq!(costate::block_on(hand_on_joined(&text, "!")), "text!text");
    assert_eq!(costate::block_on(Owner(&text).handed()), "text");
    assert_eq!(costate::block_on(Owner(&text).lent(&text)).1, "text");
    assert_eq!(costate::block_on(Owner(1).m(&text)), "text");
    assert_eq!(
        costate::block_on(Service::<()>::n(&Owner(1), &text)),
        "text"
    );
    assert_eq!(costate::block_on(Owner(&text).call(&text)), "text");
    assert_eq!(costate::block_on(<Owner<u8>>::send(&text)), "text");
    assert_eq!(costate::block_on(keep(Rc::new(&text))).as_str(), "text");
    assert_eq!(costate::block_on(async { spawned(1).await }), 1);
}
