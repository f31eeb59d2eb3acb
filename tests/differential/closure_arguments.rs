//! Closures among the arguments of a call that may consume its receiver.

use costate_tests::differential;
use costate_tests::props::*;

pub struct Own(Noisy);

impl Own {
    pub fn with<R>(self, f: impl FnOnce() -> R) -> (Noisy, R) {
        (self.0, f())
    }
    pub fn on<R>(self, f: impl FnOnce(Noisy) -> R) -> R {
        f(self.0)
    }
    pub fn look<R>(&self, f: impl FnOnce() -> R) -> R {
        self.0.touch();
        f()
    }
    pub fn each(self, all: impl Iterator<Item = usize>) -> usize {
        all.sum()
    }
    pub fn change<R>(&mut self, f: impl FnOnce() -> R) -> R {
        self.0.rename("changed");
        f()
    }
}

pub trait Context {
    fn context_with(self, f: impl FnOnce() -> usize) -> usize;
}

impl<E> Context for Result<Noisy, E> {
    fn context_with(self, f: impl FnOnce() -> usize) -> usize {
        f()
    }
}

differential! {
    fn a_consuming_method_takes_a_closure_that_borrows() -> usize {
        let o = Own(noisy("a"));
        let k = noisy("k");
        tick(1).await;
        let (a, n) = o.with(|| { k.touch(); k.name().len() });
        tick(1).await;
        n + a.name().len()
    }
}

differential! {
    fn a_consuming_method_takes_a_closure_that_consumes() -> usize {
        let o = Own(noisy("a"));
        let k = noisy("k");
        let m = noisy("m");
        tick(1).await;
        let (a, k) = o.with(move || k);
        tick(1).await;
        let n = Own(a).with(|| m);
        tick(1).await;
        k.name().len() + n.1.name().len()
    }
}

differential! {
    fn a_consuming_method_takes_a_closure_that_changes() -> usize {
        let o = Own(noisy("a"));
        let mut k = noisy("k");
        tick(1).await;
        let (a, n) = o.with(|| { k.rename("kk"); 3 });
        tick(1).await;
        n + a.name().len() + k.name().len()
    }
}

differential! {
    fn a_borrowing_method_takes_a_closure() -> usize {
        let mut o = Own(noisy("a"));
        let k = noisy("k");
        tick(1).await;
        let n = o.look(|| { k.touch(); 3 });
        tick(1).await;
        let n = n + o.change(|| k.into_name().len());
        tick(1).await;
        n
    }
}

differential! {
    fn a_typed_closure() -> usize {
        let o = Own(noisy("a"));
        let k = noisy("k");
        tick(1).await;
        let n = o.on(|x: Noisy| { k.touch(); x.name().len() });
        tick(1).await;
        n
    }
}

differential! {
    fn an_iterator_over_a_closure_is_an_argument() -> usize {
        let o = Own(noisy("a"));
        let v = vec![noisy("b"), noisy("cc")];
        let k = noisy("k");
        tick(1).await;
        let n = o.each(v.iter().map(|x| { k.touch(); x.name().len() }));
        tick(1).await;
        n
    }
}

differential! {
    fn a_consuming_method_of_a_trait_takes_a_closure() -> usize {
        let r: Result<Noisy, ()> = Ok(noisy("a"));
        let k = noisy("k");
        tick(1).await;
        let n = r.context_with(|| k.name().len());
        tick(1).await;
        n
    }
}
