//! What an operand leaves to its statement, where another operand suspends behind it.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::fmt::Write;

fn use_beside<T>(_: T, (): ()) {}

struct Handler<F> {
    call: F,
    _beside: Noisy,
}

fn once(n: Noisy) -> impl FnOnce(&str) -> usize {
    move |text| {
        drop(n);
        text.len()
    }
}

fn many(n: Noisy) -> impl Fn(&str) -> usize {
    move |text| {
        n.touch();
        text.len()
    }
}

fn boxed(n: Noisy) -> Box<dyn FnOnce(&str) -> usize> {
    Box::new(once(n))
}

fn handler<F>(call: F) -> Handler<F> {
    let _beside = noisy("beside");
    Handler { call, _beside }
}

fn pointer() -> Handler<fn(&'static str) -> usize> {
    handler(str::len)
}

differential! {
    fn elements_of_a_vec_macro_borrow_temporaries() -> () {
        use_beside(vec![noisy("a").name(), (&noisy("b")).name()], tick(1).await);
    }
}

differential! {
    fn a_vec_macro_that_suspends_is_a_receiver() -> () {
        use_beside(vec![&noisy("a"), &after(1, noisy("b")).await, &noisy("c")].len(), tick(1).await);
    }
}

differential! {
    fn a_vec_macro_in_a_vec_macro() -> () {
        use_beside(vec![vec![&noisy("a")], vec![&noisy("b"), &noisy("c")]].concat().len(), tick(1).await);
    }
}

differential! {
    fn an_element_of_a_vec_macro_borrows_across_its_index() -> () {
        let x = vec![&noisy("a")][after(1, 0).await].name();
        say(x);
        tick(1).await;
    }
}

differential! {
    fn the_rest_of_a_literal_in_a_vec_macro() -> () = start(noisy("given"));
    #[half::coroutine]
    fn start(left: Noisy) {
        use_beside(vec![Pair { left, ..pair("a", "b") }], tick(1).await);
    }
}

differential! {
    fn the_rest_of_a_literal_in_a_vec_macro_that_a_let_extends() -> () = start(noisy("given"));
    #[half::coroutine]
    fn start(left: Noisy) {
        let ref x = vec![Pair { left, ..pair("a", "b") }][after(1, 0).await].right;
        x.touch();
    }
}

differential! {
    fn the_rest_of_a_literal_in_an_extended_place() -> () = start(noisy("given"));
    #[half::coroutine]
    fn start(left: Noisy) {
        let x = Some(&vec![Pair { left, ..pair("a", "b") }][after(0, 0).await].right);
        say("next statement");
    }
}

differential! {
    fn an_element_that_is_repeated_borrows_a_temporary() -> () {
        use_beside([noisy("a").name(); 3], tick(1).await);
        use_beside(vec![noisy("b").name(); 3].len(), tick(1).await);
    }
}

differential! {
    fn the_sides_of_a_lazy_operator_end_their_temporaries() -> () {
        use_beside(noisy("a").name().is_empty() || noisy("b").name().is_empty(), tick(1).await);
    }
}

differential! {
    fn what_is_written_is_a_temporary() -> () = start(noisy("given"));
    #[half::coroutine]
    fn start(given: Noisy) {
        let mut text = String::new();
        use_beside(write!(text, "{}", noisy("a").name()), tick(1).await);
        use_beside(write!(&mut text, concat!("{:?}", "{z}"), &given, z = noisy("c").name()), tick(1).await);
        use_beside(writeln!(after(1, &mut text).await, "{given:?}{:?}", noisy("d")).is_ok(), tick(1).await);
        say(text);
    }
}

differential! {
    fn what_is_compared_by_a_macro_is_a_temporary() -> () {
        use_beside(assert_eq!(noisy("q").name(), &*"q", "{}", noisy("never").name()), tick(1).await);
    }
}

differential! {
    fn an_assignment_as_an_operand_leaves_temporaries() -> () = start(noisy("given"));
    #[half::coroutine]
    fn start(left: Noisy) {
        let mut name = "";
        use_beside(name = noisy("a").name(), tick(1).await);
        let mut both = pair("x", "y");
        use_beside(both.left = Pair { left, ..pair("b", "c") }.right, tick(1).await);
        let mut n = [1];
        use_beside(n[noisy("").name().len()] += noisy("d").name().len(), tick(1).await);
        say(name);
    }
}

differential! {
    fn a_raw_pointer_to_a_part_of_a_temporary() -> () {
        use_beside((&raw const *&noisy("a")).is_null(), tick(1).await);
    }
}

differential! {
    fn what_is_called_is_a_temporary() -> () {
        use_beside(many(noisy("a"))(noisy("x").name()), tick(1).await);
        use_beside((pointer().call)(noisy("y").name()), tick(1).await);
        use_beside((handler(many(noisy("b"))).call)(noisy("z").name()), tick(1).await);
    }
}

differential! {
    fn what_is_called_is_consumed() -> () {
        use_beside(once(noisy("a"))(noisy("x").name()), tick(1).await);
        use_beside(boxed(noisy("b"))(noisy("y").name()), tick(1).await);
        use_beside((handler(once(noisy("c"))).call)(noisy("z").name()), tick(1).await);
    }
}

differential! {
    fn what_a_parameter_gives_is_called() -> () = start(|| many(noisy("a")), || boxed(noisy("b")));
    #[half::coroutine]
    fn start<G, H>(many: impl Fn() -> G, once: impl Fn() -> H)
    where
        G: Fn(&'static str) -> usize,
        H: FnOnce(&'static str) -> usize,
    {
        use_beside(many()(noisy("x").name()), tick(1).await);
        use_beside(once()(after(1, noisy("y")).await.name()), tick(1).await);
    }
}
