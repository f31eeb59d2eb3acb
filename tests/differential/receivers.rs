//! Methods and calls on parts of a local: rustc says whether they consume.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

struct Wrap(Noisy);

impl Wrap {
    fn close(self) -> &'static str {
        say("close");
        self.0.name()
    }

    fn join(self) -> Tick<Noisy> {
        after(1, self.0)
    }
}

differential! {
    fn a_method_consumes_a_field() -> &'static str {
        let x = (Wrap(noisy("w")), noisy("other"));
        tick(1).await;
        let n = x.0.close();
        tick(1).await;
        n
    }
}

differential! {
    fn a_method_of_a_field_is_awaited() -> &'static str = S { handle: Wrap(noisy("h")), other: noisy("o") }.run();
    struct S { handle: Wrap, other: Noisy }
    impl S {
        #[half::coroutine]
        fn run(self) -> &'static str { tick(1).await; let n = self.handle.join().await; tick(1).await; n.name() }
    }
}

differential! {
    fn a_field_is_iterated_by_value() -> u32 {
        let w = (vec![noisy("a"), noisy("b")], noisy("c"));
        tick(1).await;
        let mut k = 0;
        for n in w.0.into_iter() { tick(1).await; k += 1; }
        tick(1).await;
        k
    }
}

differential! {
    fn a_field_is_called_once() -> () = start(W { f: |n: u32| say(n), y: noisy("y") });
    struct W<F> { f: F, y: Noisy }
    #[half::coroutine]
    fn start<F: FnOnce(u32)>(w: W<F>) -> () { tick(1).await; (w.f)(3); tick(1).await; }
}

differential! {
    fn a_method_consumes_a_field_on_one_path() -> () {
        for n in 0..2 {
            let w = (noisy("a"), noisy("b"));
            tick(1).await;
            if n == 0 { say(w.0.into_name()); }
            tick(1).await;
            w.1.touch();
            tick(1).await;
        }
    }
}

differential! {
    fn methods_that_borrow_leave_their_fields() -> usize {
        let mut w = (noisy("a"), vec![noisy("b")], Some(noisy("c")));
        tick(1).await;
        w.0.rename("z");
        w.1.push(noisy("d"));
        let t = w.2.take();
        let k = w.1.iter().map(|x| x.name().len()).sum::<usize>();
        let g = w.0.greeted().await;
        tick(1).await;
        k + g.len() + w.2.map(|x| 1).unwrap_or(100)
    }
}

differential! {
    fn a_field_of_a_generic_type_is_iterated() -> usize = go((vec![noisy("a"), noisy("b")], noisy("c")));
    #[half::coroutine]
    fn go<I: IntoIterator<Item = Noisy>>(w: (I, Noisy)) -> usize {
        tick(1).await;
        let mut n = 0;
        for x in w.0.into_iter() { tick(1).await; n += 1; }
        tick(1).await;
        n
    }
}

differential! {
    fn fields_behind_references_and_pointers_stay() -> usize = start();
    #[half::coroutine]
    fn start() -> usize { let t = (noisy("a"), W2 { f: noisy("f"), k: vec![1] }); go(&t).await }
    pub struct W2 { f: Noisy, k: Vec<u32> }
    trait Short { fn short(&self) -> usize; fn eat(self) -> usize; }
    impl Short for Noisy { fn short(&self) -> usize { self.name().len() } fn eat(self) -> usize { self.name().len() + 10 } }
    #[half::coroutine]
    fn go<'a>(r: &'a (Noisy, W2)) -> usize {
        let w = Some(r).unwrap();
        let b = Box::new((noisy("x"), noisy("y")));
        let m = std::sync::Arc::new(W2 { f: noisy("af"), k: vec![] });
        tick(1).await;
        let n = w.0.short() + w.1.f.short() + w.1.k.first_chunk::<1>().map_or(0, |x| x[0] as usize);
        tick(1).await;
        let k = if n == 5 { b.0.short() } else { b.0.eat() } + b.1.short();
        tick(1).await;
        n + k + m.f.short()
    }
}
