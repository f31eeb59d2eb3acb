//! `move` closures that consume fields of what they captured.

use costate_tests::differential;
use costate_tests::props::*;
differential! {
    fn a_closure_consumes_a_field_by_a_method() -> usize {
        let p = pair("l", "r");
        tick(1).await;
        let g = move || p.left.into_name().len();
        tick(1).await;
        let n = g();
        p.right.touch();
        tick(1).await;
        n
    }
}

differential! {
    fn a_closure_consumes_fields_by_value() -> usize {
        let p = pair("l", "r");
        let q = (noisy("0"), noisy("1"), 4usize);
        tick(1).await;
        let g = move || { let a = p.left; drop(q.0); (a, q.1, q.2) };
        let h = move || p.right;
        tick(1).await;
        let (a, b, n) = g();
        tick(1).await;
        let r = h();
        tick(1).await;
        n + a.name().len() + b.name().len() + r.name().len()
    }
}

differential! {
    fn a_closure_copies_fields_and_is_called_twice() -> usize {
        let q = (noisy("0"), 3usize, 4usize);
        let b = Box::new(pair("l", "r"));
        tick(1).await;
        let g = move |k: usize| { let a = q.1; a + q.2 + k };
        let h = move || { let l = &b.left; l.name().len() };
        tick(1).await;
        let n = g(1) + h();
        tick(1).await;
        n + g(2) + h()
    }
}

differential! {
    fn a_closure_consumes_a_field_of_a_box() -> usize {
        let b = Box::new(pair("l", "r"));
        tick(1).await;
        let h = move || b.left.into_name().len();
        tick(1).await;
        h()
    }
}

struct Deep {
    inner: (usize, usize),
    other: Noisy,
}

differential! {
    fn a_closure_leaves_what_its_patterns_do_not_take() -> usize {
        let d = Deep { inner: (3, 4), other: noisy("other") };
        let mut p = pair("l", "r");
        let k = noisy("k");
        tick(1).await;
        let mut g = move || {
            let (n, _) = d.inner;
            let _ = d.other;
            _ = d.other;
            (p.left, _) = (noisy("new"), 3);
            n
        };
        tick(1).await;
        let n = g();
        k.touch();
        tick(1).await;
        n
    }
}
