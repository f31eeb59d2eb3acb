//! `let .. else` whose `else` suspends: what the bindings borrow outlives the statement all the same.

use costate_tests::differential;
use costate_tests::props::*;

differential! {
    fn what_a_binding_borrows_is_used_before_any_suspension() -> Option<u32> {
        let Some(a) = Some(&noisy("a")) else {
            return after(1, None).await;
        };
        let Some(b) = &Some(noisy("b")) else {
            return after(1, None).await;
        };
        let Some(c) = Some(&mut pair("x", "y").left) else {
            return after(1, None).await;
        };
        a.touch();
        b.touch();
        c.rename("z");
        None
    }
}

differential! {
    fn a_binding_by_reference_extends_the_value() -> Option<u32> {
        let Some(Pair { left: ref a, .. }) = Some(Pair { left: noisy("a"), ..pair("l", "r") }) else {
            return after(1, Some(3)).await;
        };
        a.touch();
        let Some(Pair { right: ref b, .. }) = Some(pair("l", "r")) else {
            return after(1, Some(3)).await;
        };
        b.touch();
        let [ref c, ..] = vec![noisy("c"), noisy("d")][..] else {
            return after(1, None).await;
        };
        c.touch();
        None
    }
}

differential! {
    fn a_part_of_what_is_borrowed_behind_a_suspension() -> Option<u32> {
        let (m, Some(v)) = (after(1, &noisy("t")).await.name(), Some(&pair("x", "y").left)) else {
            return None;
        };
        v.touch();
        let (m, Some(v)) = (noisy("z").name().len(), Some(&pair("v", "w").left)) else {
            return after(1, None).await;
        };
        v.touch();
        None
    }
}

differential! {
    fn branches_borrow_what_a_binding_takes() -> Option<u32> = start(3);
    #[half::coroutine]
    fn start(n: u32) -> Option<u32> {
        let Some(a) = (if n == 3 { Some(&noisy("a")) } else { None }) else {
            return after(1, None).await;
        };
        a.touch();
        loop {
            let Some(b) = (match n { 3 => Some(&noisy("b")), _ => None }) else {
                after(1, ()).await;
                continue;
            };
            b.touch();
            break None;
        }
    }
}

differential! {
    fn a_let_else_in_the_else_of_another() -> Option<u32> = start(None);
    #[half::coroutine]
    fn start(given: Option<Noisy>) -> Option<u32> {
        let Some(a) = &given else {
            let Some(b) = Some(&noisy("b")) else {
                return after(1, None).await;
            };
            b.touch();
            return after(1, None).await;
        };
        a.touch();
        None
    }
}
