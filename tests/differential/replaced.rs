//! By-value methods of names that take a reference elsewhere, of a local that gets the result.

use costate_tests::differential;
use costate_tests::props::*;

enum St {
    A(Noisy),
    B(Noisy, u32),
    C,
}
impl St {
    fn next(self) -> St {
        match self {
            St::A(n) => St::B(n, 1),
            St::B(n, 0) => St::C,
            St::B(n, k) => St::B(n, k - 1),
            c => c,
        }
    }
    fn sort(mut self) -> St {
        self
    }
    fn is_c(&self) -> bool {
        matches!(self, St::C)
    }
    fn get(self) -> u32 {
        3
    }
}

differential! {
    fn what_is_assigned_is_consumed_by_next() -> u32 {
    let mut s = St::A(noisy("s"));
    let mut k = 0;
    while !s.is_c() { tick(1).await; s = s.next(); k += 1; } tick(1).await;
    k
    }
}
differential! {
    fn what_is_shadowed_is_consumed_by_next() -> u32 {
    let s = St::A(noisy("s"));
    tick(1).await;
    let s = s.next();
    tick(1).await;
    let s = s.next();
    let s = s.sort();
    tick(1).await;
    let s = s.get();
    s
    }
}
differential! {
    fn an_iterator_is_shadowed_by_its_next() -> u32 {
    let mut it = [noisy("a"), noisy("b")].into_iter();
    tick(1).await;
    let it = it.next();
    tick(1).await;
    it.unwrap().touch();
    1
    }
}
differential! {
    fn what_is_shadowed_is_borrowed() -> u32 {
    let v = vec![3, 1];
    let n = noisy("n");
    tick(1).await;
    let v = v.len();
    tick(1).await;
    let mut s = String::from(" s ");
    let s = s.trim();
    tick(1).await;
    let mut q = vec![1];
    let q = q.pop();
    let r = std::cell::RefCell::new(3);
    tick(1).await;
    let r = r.borrow();
    tick(1).await;
    v as u32 + s.len() as u32 + *r
    }
}
differential! {
    fn a_lock_is_shadowed_by_its_guard() -> u32 {
    let m = std::sync::Mutex::new(noisy("m"));
    tick(1).await;
    let m = m.lock();
    tick(1).await;
    let m = m.unwrap();
    tick(1).await;
    m.touch();
    3
    }
}
differential! {
    fn a_closure_shadows_what_it_borrows() -> u32 {
    let v = vec![3, 1];
    tick(1).await;
    let f = || { let v = v.len(); v };
    tick(1).await;
    f() as u32
    }
}
