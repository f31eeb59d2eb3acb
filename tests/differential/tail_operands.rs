//! What an update leaves of its rest, and operands of tails: where they end depends on the edition, as in `tails`.

#![allow(
    unused_braces,
    irrefutable_let_patterns,
    clippy::blocks_in_conditions,
    reason = "blocks and what always matches are what these cases are about"
)]

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

fn two(a: Noisy, b: Noisy) -> Pair {
    Pair { left: a, right: b }
}

fn three(a: Noisy, b: Noisy, _: &Noisy) -> Pair {
    Pair { left: a, right: b }
}

differential! {
    fn what_an_update_leaves_lasts_through_a_match() -> &'static str {
        let v = noisy("v");
        match { Pair { left: noisy("n3"), ..pair("l", "r") } } {
            Pair { left, right } => {
                right.touch();
                tick(1).await;
                left.touch();
            }
        }
        match { let a = noisy("a"); Pair { left: noisy("n3"), ..pair("l", "r") } } {
            Pair { left, right } => {
                right.touch();
                tick(1).await;
                left.touch();
            }
        }
        v.name()
    }
}
differential! {
    fn what_an_update_leaves_ends_with_the_statement() -> &'static str {
        let v = noisy("v");
        let p = { let a = noisy("a"); tick(1).await; Pair { left: noisy("n3"), ..pair("l", "r") } };
        drop({ let a = noisy("a"); tick(1).await; Pair { left: noisy("n3"), ..pair("l", "r") } });
        p.left.touch();
        if let Pair { left, right } = { Pair { left: noisy("n3"), ..pair("l", "r") } } { tick(1).await; left.touch(); }
        drop(({ Pair { left: noisy("n3"), ..pair("l", "r") } }, after(1, noisy("b")).await));
        drop(after(1, { Pair { left: noisy("n3"), ..pair("l", "r") } }).await);
        v.name()
    }
}
differential! {
    fn what_an_update_leaves_at_the_end() -> Pair {
        let v = noisy("v");
        tick(1).await;
        Pair { left: noisy("n3"), ..pair("l", "r") }
    }
}
differential! {
    fn an_operand_of_a_tail_drops_before_the_locals() -> &'static str {
        drop({ let a = noisy("a"); two(noisy("n3"), after(1, noisy("x")).await) });
        tick(1).await;
        "a"
    }
}
differential! {
    fn an_operand_beside_a_temporary_of_a_tail() -> &'static str {
        drop({ let a = noisy("a"); three(noisy("n3"), after(1, noisy("x")).await, &noisy("z")) });
        tick(1).await;
        "a"
    }
}
differential! {
    fn an_operand_of_a_tail_that_outlives_its_block() -> &'static str {
        drop(({ let a = noisy("a"); three(noisy("n3"), after(1, noisy("x")).await, &noisy("z")) }, after(1, noisy("b")).await));
        tick(1).await;
        "a"
    }
}
differential! {
    fn an_operand_of_a_tail_that_does_not_suspend() -> &'static str {
        drop(({ let a = noisy("a"); three(noisy("n3"), noisy("x"), &noisy("z")) }, after(1, noisy("b")).await));
        tick(1).await;
        "a"
    }
}
differential! {
    fn what_is_left_of_an_operand_of_a_tail() -> &'static str {
        drop(({ let a = noisy("a"); two(noisy("n3"), pair("x", "y").left) }, after(1, noisy("b")).await));
        tick(1).await;
        "a"
    }
}

fn made(_: &Noisy) -> Pair {
    pair("a", "b")
}
differential! {
    fn a_temporary_ends_when_ref_and_the_others_are_bound() -> () {
    let Pair { left: ref v4, right: _v5 } = made(&noisy("t"));
    tick(1).await; v4.touch();
} }
differential! {
    fn so_does_what_an_update_leaves() -> () {
    let Pair { left: ref v4, right: _v5 } = Pair { left: noisy("x"), ..pair("l", "r") };
    tick(1).await; v4.touch();
} }
differential! {
    fn so_does_what_an_update_of_a_local_leaves() -> () {
    let n = noisy("n");
    let Pair { left: ref v4, right: _v5 } = Pair { left: n, ..pair("l", "r") };
    tick(1).await; v4.touch();
} }
differential! {
    fn what_an_update_leaves_ends_after_the_bindings() -> () {
    let Pair { left: v4, right: _v5 } = Pair { left: noisy("x"), ..pair("l", "r") };
    tick(1).await; v4.touch();
} }
differential! {
    fn so_does_what_is_not_bound() -> () {
    let Pair { left: v4, .. } = Pair { left: noisy("x"), ..pair("l", "r") };
    tick(1).await; v4.touch();
} }
differential! {
    fn a_tail_that_is_a_match_in_a_field_that_is_borrowed() -> () {
        let p = &Pair { right: noisy("r"), left: {
            tick(1).await;
            let local = noisy("local");
            match Box::new(noisy("box")) { _ => noisy("n33") }
        } }.left;
    }
}
differential! {
    fn a_tail_with_temporaries_in_a_tuple_of_an_arm() -> () {
        let p = &match noisy("a") { all => (all, {
            tick(1).await;
            let local = noisy("local");
            watch(&noisy("w")).look();
            (noisy("t"), 1).1
        } ) }.0;
    }
}
differential! {
    fn a_tail_that_is_a_match_in_a_tuple() -> () {
        let p = match noisy("a") { all => (all, {
            tick(1).await;
            let local = noisy("local");
            match noisy("box") { _ => noisy("n33") }
        } ) };
    }
}
differential! {
    fn a_tail_with_a_match_among_its_operands() -> () {
        let p = (1, {
            tick(1).await;
            let local = noisy("local");
            (match noisy("box") { _ => noisy("n33") }, noisy("x"))
        });
    }
}
differential! {
    fn a_tail_that_is_an_if_let_in_a_tuple() -> () {
        let p = (1, {
            tick(1).await;
            let local = noisy("local");
            if let Some(_) = Some(noisy("box")) { noisy("n33") } else { noisy("n34") }
        });
    }
}
differential! {
    fn tails_in_tails() -> () {
        let p = (1, {
            tick(1).await;
            let local = noisy("local");
            { let k = noisy("k"); match Box::new(noisy("box")) { ref x => { x.touch(); noisy("n33") } } }
        });
    }
}
differential! {
    fn a_match_is_the_functions_tail() -> u32 {
        let local = noisy("local");
        tick(1).await;
        match Box::new(noisy("box")) { ref x => { x.touch(); 3 } }
    }
}
differential! {
    fn a_match_is_the_tail_of_a_value() -> u32 {
        let p = {
            tick(1).await;
            let local = noisy("local");
            match Box::new(noisy("box")) { ref x => { x.touch(); 3 } }
        };
        p
    }
}
differential! {
    fn an_update_is_matched_in_a_tail() -> () {
        drop((noisy("first"), {
            tick(1).await;
            let local = noisy("local");
            local.name().len() + match (Pair { left: noisy("l"), ..pair("a", "b") }) { Pair { ref left, .. } => left.name().len() }
        }));
    }
}

differential! {
    fn a_tail_is_extended_and_leaves_a_temporary_beside_a_suspension() -> () {
        let (ref x, y) = ({ say("a"); &noisy("a").name() }, after(1, noisy("y")).await);
        let (v, w) = ({ say("b"); &noisy("b").name() }, after(1, noisy("w")).await);
        let ref z = ({ say("c"); &noisy("c").name() }, after(1, noisy("z")).await);
        say("next");
        tick(1).await;
    }
}

fn both<A, B>(_: A, _: B) {}

differential! {
    fn operands_of_a_tail_are_as_old_as_its_temporaries() -> () {
        let x = { say("a"); (noisy("a"), (&noisy("b"), after(1, noisy("c")).await).1) };
        let x = { (noisy("d"), both((&noisy("e"), 1), after(1, 2).await)) };
        let x = (noisy("f"), both((&noisy("g"), 1), after(1, 2).await));
        let x = { say("b"); (noisy("h"), { let z = noisy("z"); (&noisy("i"), after(1, noisy("j")).await).1 }) };
        match after(1, 2).await {
            2 => both(noisy("k"), both(&noisy("l"), after(1, 3).await)),
            _ => {}
        }
        if x.0.name() == "h" && noisy("m").name() == both_names(noisy("n"), after(of(&noisy("o")), "m").await) { say("c"); }
        both(noisy("p"), both(&noisy("q"), after(1, 3).await))
    }
}

fn of(n: &Noisy) -> u32 {
    n.name().len() as u32
}

fn both_names(_: Noisy, b: &'static str) -> &'static str {
    b
}

differential! {
    fn the_tail_of_a_branch_that_does_not_suspend_is_taken_apart_beside_an_operand() -> () = start(1);
    #[half::coroutine]
    fn start(n: u32) {
        let t = (noisy("a"), if after(1, n).await == 1 { let x = noisy("b"); match noisy("c") { _ => { say("arm"); noisy("d") } } } else { noisy("e") });
        let t = (noisy("f"), if after(1, n).await == 1 { let x = noisy("g"); match &noisy("h") { _ => noisy("i") } } else { noisy("j") });
        let t = (noisy("k"), if after(1, n).await == 1 { let x = noisy("l"); match pair("m", "n") { Pair { left, .. } => left } } else { noisy("o") }, noisy("p"));
        let t = (noisy("q"), if n == 1 { let x = noisy("r"); match pair("s", "t") { Pair { left, .. } => left } } else { noisy("u") }, after(1, 2).await);
    }
}

fn third<A, B>(_: A, b: B, _: Noisy) -> B {
    b
}

fn third_if<A, B, F: Fn(B) -> B>(_: A, b: B, f: F) -> B {
    f(b)
}

fn shown(_: Noisy, _: &Noisy, shown: Option<Box<dyn std::fmt::Debug>>) -> String {
    format!("{shown:?}")
}

differential! {
    fn operands_of_a_tail_are_as_old_if_a_later_one_panics() -> () {
        let x = { both(noisy("a"), both(&noisy("b"), after(1, noisy("c")).await)) };
        let y = { third(noisy("d"), third(&noisy("e"), after(1, 2).await, noisy("f")), noisy("g")) };
        match after(1, 2).await {
            2 => both((noisy("h"), &noisy("i")), both(noisy("j"), given("k", after(1, 3).await))),
            _ => {}
        }
        let z = { third_if(noisy("o"), third(&noisy("p"), after(1, 2).await, noisy("q")), |n| given("r", n)) };
        let z = { shown(noisy("s"), &noisy("t"), Some(Box::new(given("u", after(1, 2).await)))) };
        both(noisy("l"), both(&noisy("m"), after(1, noisy("n")).await))
    }
}

differential! {
    fn temporaries_of_a_tail_after_a_statement_on_a_panic() -> u8 {
        let x = { say(""); (noisy("a"), &noisy("b"), after(1, noisy("c")).await).2 };
        let y = { say(""); (noisy("d"), &noisy("e"), after(1, noisy("f")).await).2.name().len() };
        3
    }
}
