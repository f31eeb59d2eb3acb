//! Patterns that move parts out of enums and fields, with suspensions in the arms and without.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

enum Shape {
    Both(Noisy, Noisy),
    Named { x: Noisy, n: u32, y: Noisy },
    Number(u32),
    Nothing,
}

fn some(name: &'static str) -> Option<Noisy> {
    Some(noisy(name))
}

struct Holder {
    o: Option<Noisy>,
    t: (Noisy, Noisy),
    n: u32,
}

fn holder() -> Holder {
    Holder {
        o: some("o"),
        t: (noisy("t0"), noisy("t1")),
        n: 7,
    }
}

differential! {
    fn each_arm_takes_what_it_binds() -> () {
        for n in 0..4 {
            let e = match n { 0 => Shape::Both(noisy("a0"), noisy("a1")), 1 => Shape::Named { x: noisy("x"), n: 3, y: noisy("y") }, 2 => Shape::Number(5), _ => Shape::Nothing };
            tick(1).await;
            match e {
                Shape::Both(_, one) if given("guard", n == 7) => tick(1).await,
                Shape::Both(_, one) => tick(1).await,
                Shape::Named { x, n: 1 | 3, .. } => { tick(1).await; x.touch(); }
                Shape::Named { y, .. } => {}
                Shape::Number(k) => say(k),
                Shape::Nothing => {}
            }
            tick(1).await;
        }
    }
}

differential! {
    fn arms_of_different_matches_take_different_parts() -> () {
        for n in 0..6 {
            let e = match n % 3 { 0 => Shape::Both(noisy("a0"), noisy("a1")), 1 => Shape::Named { x: noisy("x"), n: 3, y: noisy("y") }, _ => Shape::Number(5) };
            tick(1).await;
            if n < 3 {
                if let Shape::Both(zero, _) = e { zero.touch(); }
            } else if let Shape::Both(_, one) | Shape::Named { x: one, .. } = e {
                tick(1).await;
            }
            tick(1).await;
        }
    }
}

differential! {
    fn an_enum_is_taken_apart_and_assigned_in_a_loop() -> () {
        let mut e = Shape::Both(noisy("a0"), noisy("a1"));
        for n in 0..3 {
            tick(1).await;
            match e {
                Shape::Both(zero, _) => { tick(1).await; e = Shape::Named { x: noisy("x"), n: 3, y: zero }; }
                Shape::Named { x, .. } => { e = Shape::Both(x, noisy("z")); tick(1).await; }
                Shape::Number(_) | Shape::Nothing => {}
            }
            tick(1).await;
        }
    }
}

differential! {
    fn a_binding_takes_the_whole_enum() -> () {
        for n in 0..3 {
            let o = match n { 0 => some("o"), 1 => None, _ => some("long") };
            tick(1).await;
            match o {
                Some(ref x) if x.name() == "long" => x.touch(),
                Some(_) => { let k = o; tick(1).await; }
                y @ None => { drop(y) }
            }
            tick(1).await;
        }
    }
}

differential! {
    fn a_match_takes_a_field_apart() -> u32 {
        let w = holder();
        tick(1).await;
        let k = match w.o { Some(x) => { tick(1).await; x.name().len() as u32 } None => 0 };
        tick(1).await;
        k
    }
}

differential! {
    fn a_match_without_a_suspension_takes_a_field_apart() -> u32 {
        let w = holder();
        tick(1).await;
        let k = match w.o { Some(x) => x.into_name().len() as u32, None => 0 };
        tick(1).await;
        k
    }
}

differential! {
    fn a_let_takes_a_field_apart() -> () {
        let w = holder();
        tick(1).await;
        let (a, _) = w.t;
        tick(1).await;
    }
}

differential! {
    fn an_if_let_takes_a_field_apart() -> () {
        let w = holder();
        tick(1).await;
        if let Some(x) = w.o { tick(1).await; x.touch(); }
        tick(1).await;
    }
}

differential! {
    fn a_moving_match_is_an_operand() -> u32 {
        let w = some("w");
        tick(1).await;
        let k = 3 + match w { Some(x) => x.into_name().len() as u32, None => 0 };
        tick(1).await;
        k
    }
}

differential! {
    fn a_moving_if_let_is_an_argument() -> u32 {
        let w = (noisy("k"), some("w"));
        tick(1).await;
        let k = given("g", if let (_, Some(x)) = w { x.into_name().len() as u32 } else { 0 });
        tick(1).await;
        k
    }
}

differential! {
    fn blocks_in_arguments_take_a_local_apart() -> () {
        let t = (noisy("a"), noisy("b"), [noisy("x"), noisy("y"), noisy("z")]);
        tick(1).await;
        let k = given("k", { let (a, ..) = t; a.name() }).len() + { let (_, _, [_, y, _]) = t; y.name().len() };
        tick(1).await;
    }
}

differential! {
    fn a_match_in_a_call_takes_one_of_several_parts() -> () {
        for n in 0..3 {
            let e = match n { 0 => Shape::Both(noisy("a0"), noisy("a1")), 1 => Shape::Named { x: noisy("x"), n: 3, y: noisy("y") }, _ => Shape::Number(5) };
            tick(1).await;
            say(match e { Shape::Both(x, _) | Shape::Named { y: x, .. } => x.into_name(), Shape::Number(n) if n == 9 => "nine", _ => "other" });
            tick(1).await;
        }
    }
}

differential! {
    fn a_while_let_takes_what_its_body_refills() -> () {
        let mut w = (some("a"), noisy("b"));
        let mut n = 0;
        tick(1).await;
        while let (Some(x), _) = w {
            n += 1;
            w.0 = if n < 3 { tick(1).await; Some(x) } else { None };
        }
        tick(1).await;
    }
}

differential! {
    fn a_chain_of_lets_takes_parts_until_one_fails() -> () {
        for n in 0..3 {
            let w = (some("a"), some("b"), n);
            tick(1).await;
            let k = if n != 1 && let Some(x) = w.0 && x.name().len() == 1 && let Some(y) = w.1 { y.into_name() } else { "no" };
            tick(1).await;
            say(k);
        }
    }
}

differential! {
    fn a_let_else_takes_a_part_or_leaves() -> () {
        for n in 0..2 {
            let w = (if n == 0 { some("a") } else { None }, noisy("b"));
            tick(1).await;
            let r = loop { let (Some(mut x), _) = w else { break "none" }; x.rename("q"); break x.into_name() };
            tick(1).await;
            say(r);
        }
    }
}

differential! {
    fn a_constant_that_looks_like_a_binding_takes_nothing() -> () {
        const nothing: Option<Box<u32>> = None;
        for n in 0..2 {
            let t = (if n == 0 { None } else { Some(Box::new(3)) }, noisy("b"));
            tick(1).await;
            match t {
                (nothing, _) => { tick(1).await; }
                (some, b) => { tick(1).await; }
            }
            tick(1).await;
        }
    }
}

differential! {
    fn a_struct_update_takes_from_a_field() -> () {
        let base = (holder(), noisy("k"));
        tick(1).await;
        let made = Holder { o: None, ..base.0 };
        tick(1).await;
    }
}
