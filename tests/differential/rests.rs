//! What `..rest` leaves of a value: where it drops, as a temporary of the statement, and when something panics in its drop.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

struct Many {
    a: Noisy,
    b: Noisy,
    c: Noisy,
}
fn many() -> Many {
    Many {
        a: noisy("a"),
        b: noisy("b"),
        c: noisy("c"),
    }
}
struct Handler {
    run: Box<dyn Fn(&Noisy) -> u32>,
    names: Vec<&'static str>,
    n: Noisy,
}
fn handler() -> Handler {
    Handler {
        run: Box::new(|_| 1),
        names: vec![],
        n: noisy("n"),
    }
}
struct In {
    pair: Pair,
    other: Noisy,
}
fn inn() -> In {
    In {
        pair: pair("il", "ir"),
        other: noisy("other"),
    }
}

differential! {
    fn a_rest_in_a_let_else_whose_else_suspends() -> u32 {
        let Some(_) = Some(Pair { left: noisy("new"), ..pair("l", "r") }) else {
            tick(1).await;
            return 1;
        };
        tick(1).await;
        2
    }
}
differential! {
    fn a_rest_in_an_if_let() -> u32 {
        if let Some(_) = Some(Pair { left: noisy("new"), ..pair("l", "r") }) {
            tick(1).await;
        }
        2
    }
}
differential! {
    fn a_rest_in_a_match() -> u32 {
        match (Pair { left: noisy("new"), ..pair("l", "r") }, 1) {
            (Pair { left, .. }, n) if n > 0 => { tick(1).await; left.touch(); }
            _ => {}
        }
        2
    }
}
differential! {
    fn a_rest_in_an_argument_of_what_is_awaited() -> &'static str {
        after(1, Pair { left: noisy("new"), ..pair("l", "r") }.right.name()).await
    }
}
differential! {
    fn a_rest_in_what_is_awaited() -> () {
        let p = after(1, Pair { left: noisy("new"), ..pair("l", "r") }).await;
        p.left.touch();
    }
}
differential! {
    fn a_rest_of_a_field() -> () {
        let p = after(1, Pair { right: noisy("new"), ..inn().pair }).await;
        p.left.touch();
    }
}
differential! {
    fn a_rest_that_is_a_field_of_a_box() -> () {
        let p = after(1, Pair { right: noisy("new"), ..Box::new(inn()).pair }).await;
        p.left.touch();
    }
}
differential! {
    fn a_rest_in_a_box() -> () {
        let p = after(1, Pair { right: noisy("new"), ..*Box::new(pair("l", "r")) }).await;
        p.left.touch();
    }
}
differential! {
    fn rests_in_rests() -> () {
        let p = after(1, Many { b: noisy("x"), ..Many { c: noisy("y"), ..many() } }).await;
        p.a.touch();
    }
}
differential! {
    fn a_rest_whose_fields_are_closures() -> u32 {
        let h = after(1, Handler { run: Box::new(|n| n.name().len() as u32), ..handler() }).await;
        (h.run)(&h.n)
    }
}
differential! {
    fn a_rest_whose_fields_are_inferred() -> u32 {
        let h = after(1, Handler { names: Default::default(), run: Box::new(|n| n.name().len() as u32), ..handler() }).await;
        (h.run)(&h.n)
    }
}
differential! {
    fn a_rest_beside_an_operand_that_suspends() -> u32 {
        fn f(p: Pair, n: u32) -> u32 { p.left.touch(); n }
        f(Pair { left: noisy("new"), ..pair("l", "r") }, after(1, 3).await)
    }
}
differential! {
    fn a_rest_under_a_reference_that_a_let_extends() -> () {
        let p = &Pair { left: noisy("new"), ..pair("l", "r") };
        tick(1).await;
        p.right.touch();
    }
}
differential! {
    fn a_rest_beside_a_reference_that_a_let_extends() -> () {
        let (n, p) = (&noisy("z"), after(1, Pair { left: noisy("new"), ..pair("l", "r") }).await);
        tick(1).await;
        p.right.touch();
    }
}
differential! {
    fn a_rest_of_a_held_local_with_closures() -> u32 {
        let base = handler();
        tick(1).await;
        let h = Handler { run: Box::new(|n| n.name().len() as u32), names: Default::default(), ..base };
        tick(1).await;
        (h.run)(&h.n)
    }
}
differential! {
    fn a_rest_that_is_all_plain() -> u32 {
        #[derive(Default)]
        struct Plain { a: u32, b: u32, c: Option<&'static str> }
        let p = after(1, Plain { b: 7, ..Default::default() }).await;
        p.a + p.b
    }
}
differential! {
    fn a_rest_in_a_loop() -> u32 {
        for i in 0..2 {
            let p = after(i, Pair { left: noisy("new"), ..pair("l", "r") }.right).await;
            p.touch();
        }
        3
    }
}
differential! {
    fn a_rest_of_which_all_is_listed() -> () {
        let p = after(1, Pair { left: noisy("new"), right: noisy("r2"), ..pair("l", "r") }).await;
        p.left.touch();
    }
}
differential! {
    fn a_rest_of_which_nothing_is_listed() -> () {
        let p = after(1, Pair { ..pair("l", "r") }).await;
        p.left.touch();
    }
}
#[derive(Debug, Clone, Copy)]
struct Numbers {
    a: u32,
    b: u32,
}
fn numbers() -> &'static Numbers {
    &Numbers { a: 3, b: 4 }
}
struct Smart(Numbers, Noisy);
impl std::ops::Deref for Smart {
    type Target = Numbers;
    fn deref(&self) -> &Numbers {
        &self.0
    }
}
struct Mixed {
    n: u32,
    s: Noisy,
}
struct SmartMixed(Mixed, Noisy);
impl std::ops::Deref for SmartMixed {
    type Target = Mixed;
    fn deref(&self) -> &Mixed {
        &self.0
    }
}
differential! {
    fn a_rest_behind_a_reference() -> Numbers {
        after(1, Numbers { a: 1, ..*numbers() }).await
    }
}
differential! {
    fn a_rest_behind_a_smart_pointer() -> Numbers {
        after(1, Numbers { a: 1, ..*Smart(*numbers(), noisy("smart")) }).await
    }
}
differential! {
    fn a_rest_behind_a_smart_pointer_of_what_drops() -> () {
        let m = after(1, Mixed { s: noisy("mine"), ..*SmartMixed(Mixed { n: 1, s: noisy("s") }, noisy("smart")) }).await;
        m.s.touch();
    }
}
differential! {
    fn a_rest_behind_a_fields_smart_pointer() -> () {
        let m = after(1, Mixed { s: noisy("mine"), ..*(1, SmartMixed(Mixed { n: 1, s: noisy("s") }, noisy("smart"))).1 }).await;
        m.s.touch();
    }
}
differential! {
    fn temporaries_that_panic_before_a_binding() -> () {
        fn f(a: &Noisy, b: &Noisy) -> Noisy { noisy("c") }
        let p = after(1, f(&noisy("a"), &noisy("b"))).await;
        p.touch();
    }
}
differential! {
    fn temporaries_that_panic_before_a_held_binding() -> () {
        fn f(a: &Noisy, b: &Noisy) -> Noisy { noisy("c") }
        let p = after(1, f(&noisy("a"), &noisy("b"))).await;
        tick(1).await;
        p.touch();
    }
}
differential! {
    fn leftovers_that_panic_before_a_binding() -> () {
        let p = after(1, (noisy("a"), noisy("b"))).await.0;
        p.touch();
    }
}
differential! {
    fn leftovers_that_panic_before_a_binding_2() -> () {
        let (p, _) = after(1, (noisy("a"), noisy("b"))).await;
        p.touch();
    }
}
differential! {
    fn leftovers_that_panic_before_a_held_binding_2() -> () {
        let (p, _) = after(1, (noisy("a"), noisy("b"))).await;
        tick(1).await;
        p.touch();
    }
}
differential! {
    fn leftovers_that_panic_before_a_held_binding_3() -> () {
        let (p, _, q) = after(given("x", 1), (noisy("a"), noisy("b"), watch(&noisy("c")).look())).await;
        tick(1).await;
        p.touch();
    }
}
differential! {
    fn temporaries_that_panic_before_a_binding_inline() -> () {
        fn f(n: (), a: &Noisy, b: &Noisy) -> Noisy { noisy("c") }
        fn g(n: &Noisy) {}
        let p = f(after(1, g(&noisy("0"))).await, &noisy("a"), &noisy("b"));
        p.touch();
        let q = (f(after(1, g(&noisy("0"))).await, &noisy("a"), &noisy("b")), tick(1).await);
        q.0.touch();
    }
}
differential! {
    fn leftovers_and_temporaries_in_a_scrutinee_before_a_binding() -> () {
        let Pair { left, .. } = after(1, Pair { left: noisy("new"), ..pair("l", "r") }).await;
        left.touch();
    }
}
differential! {
    fn leftovers_beside_temporaries() -> () {
        fn g(n: &Noisy) -> u32 { 1 }
        let (p, _) = (after(g(&noisy("0")), noisy("a")).await, noisy("b"));
        p.touch();
        let (ref p, _) = (after(g(&noisy("0")), noisy("a")).await, noisy("b"));
        p.touch();
        let (p, ref q) = (after(g(&noisy("0")), noisy("a")).await, noisy("b"));
        p.touch();
        tick(1).await;
    }
}
differential! {
    fn inner_scopes_with_plain_locals_around() -> () {
        fn g(n: &Noisy) -> u32 { 1 }
        tick(1).await;
        let q = noisy("q");
        {
            let p = noisy("p");
            let r = noisy("r");
            r.touch();
        }
        let q = noisy("q2");
        if after(g(&noisy("0")) + g(&noisy("1")), true).await { q.touch(); }
    }
}
differential! {
    fn a_rest_beside_a_moved_field_of_an_argument() -> u32 = start((noisy("arg 0"), 1), 3);
    #[half::coroutine]
    fn start(v1: (Noisy, u32), v2: u32, ) -> u32 {
        let v3 = after(1, Pair { left: v1.0, ..pair("l", "r") }.right.name()).await;
        7
    }
}

differential! {
    fn a_field_of_an_update_of_what_is_awaited_is_moved() -> () {
        let x = (Pair { right: noisy("a"), ..after(1, pair("b", "c")).await }.left, noisy("d"));
        say("next");
        let x = (noisy("e"), &noisy("f"), Pair { right: noisy("g"), ..after(1, pair("h", "i")).await }.left, after(1, 2).await).0;
        say("next");
    }
}
