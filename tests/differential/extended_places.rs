//! Places that a `let` extends, in which something suspends: `&v()[i.await]`. What they are made of lives as long as the binding.

#![allow(
    irrefutable_let_patterns,
    unreachable_patterns,
    unused_must_use,
    reason = "what always matches, and what is not used, is what some of these cases are about"
)]

use costate_tests::differential;
use costate_tests::props::*;

struct Held(Vec<Noisy>, u32);

fn held() -> Held {
    Held(vec![noisy("h")], 1)
}

fn get<'a>(n: &'a Noisy, _: u32) -> &'a Noisy {
    n
}

struct S<'a> {
    r: &'a Noisy,
    n: u32,
    o: Option<Noisy>,
}

fn base<'a>(n: &'a Noisy) -> S<'a> {
    S {
        r: n,
        n: 1,
        o: Some(noisy("o")),
    }
}

differential! {
    fn a_place_in_a_temporary_is_borrowed_by_a_pattern() -> () {
        let ref mut whole = *Box::new(noisy("n"));
        tick(1).await;
        whole.touch();
        let ref w = Box::new(pair("l", "r")).left;
        tick(1).await;
        w.touch();
        let ref w = vec![noisy("v")][given("i", 0)];
        tick(1).await;
        w.touch();
        let Pair { ref left, right } = *Box::new(pair("l", "r"));
        tick(1).await;
        left.touch();
    }
}
differential! {
    fn a_place_in_what_was_awaited_is_borrowed_by_a_pattern() -> () {
        let ref mut whole = *after(1, Box::new(noisy("n"))).await;
        tick(1).await;
        whole.touch();
        let ref w = after(1, Box::new(pair("l", "r"))).await.left;
        w.touch();
        let ref w = vec![noisy("v")][after(1, 0).await];
        w.touch();
        tick(1).await;
    }
}
differential! {
    fn a_place_in_a_held_local_is_borrowed_by_a_pattern() -> () {
        let mut b = Box::new(pair("l", "r"));
        tick(1).await;
        let ref mut v = b.left;
        tick(1).await;
        v.touch();
        let Pair { ref left, right } = *b;
        tick(1).await;
        left.touch();
    }
}
differential! {
    fn an_element() -> () {
        let w = &vec![noisy("v")][after(1, 0).await];
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn an_element_of_a_field() -> () {
        let w = &held().0[after(1, 0).await];
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn a_field_of_a_tuple_that_suspends() -> () {
        let w = &(noisy("a"), after(1, 0).await).0;
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn an_element_of_a_field_of_a_tuple_that_suspends() -> () {
        let w = &(vec![noisy("a")], after(1, 0).await).0[after(1, 0).await];
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn an_element_of_an_array_that_suspends() -> () {
        let w = &[noisy("a"), after(1, noisy("b")).await][after(1, 1).await];
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn an_element_in_a_tuple() -> () {
        let w = (&vec![noisy("a")][after(1, 0).await], 1);
        w.0.touch();
        tick(1).await;
        w.0.touch();
    }
}
differential! {
    fn an_element_by_unique_reference() -> () {
        let w = &mut vec![noisy("a")][after(1, 0).await];
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn an_element_in_a_box() -> () {
        let w = &(*Box::new(vec![noisy("a")]))[after(1, 0).await];
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn a_slice() -> () {
        let w = &vec![noisy("a")][after(1, 0).await..after(1, 1).await];
        w[0].touch();
        tick(1).await;
        w[0].touch();
    }
}
differential! {
    fn an_element_that_a_pattern_borrows() -> () {
        let ref w = vec![noisy("a")][after(1, 0).await];
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn an_element_whose_field_a_pattern_borrows() -> () {
        let Pair { ref left, .. } = vec![pair("l", "r")][after(1, 0).await];
        left.touch();
        tick(1).await;
        left.touch();
    }
}
differential! {
    fn an_element_in_a_block() -> () {
        let w = { &vec![noisy("a")][after(1, 0).await] };
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn an_element_in_a_branch() -> () = start(true);
    #[half::coroutine]
    fn start(c: bool) {
        let w = if c { &vec![noisy("a")][after(1, 0).await] } else { &vec![noisy("b")][after(1, 0).await] };
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn an_element_whose_index_is_an_element() -> () {
        let w = &vec![noisy("a")][vec![after(1, 0usize).await][after(1, 0).await]];
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn a_field_of_an_element() -> () {
        let w = &vec![pair("l", "r")][after(1, 0).await].left;
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn an_element_of_an_element() -> () {
        let w = &vec![vec![pair("l", "r")]][given("a", 0)][after(1, 0).await].left;
        w.touch();
        tick(1).await;
        w.touch();
        let w = &mut vec![vec![pair("l", "r")]][given("a", 0)][after(1, 0).await].left;
        w.touch();
        tick(1).await;
        w.touch();
        let ref mut w = vec![vec![pair("l", "r")]][given("a", 0)][after(1, 0).await].left;
        w.touch();
        tick(1).await;
        w.touch();
        let ref mut w = vec![vec![pair("l", "r")]][given("a", 0)][after(1, 0).await];
        w.left.touch();
        tick(1).await;
        w.left.touch();
    }
}
differential! {
    fn an_element_of_a_block() -> () {
        let w = &{ tick(1).await; vec![pair("l", "r")] }[after(1, 0).await].left;
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn parts_that_are_moved_extend_nothing() -> () {
        let w = vec![(1, noisy("a"))][after(1, 0).await].0;
        tick(1).await;
        let w = (vec![(1, noisy("a"))], after(1, noisy("b")).await).1;
        tick(1).await;
        let (ref w, v) = (vec![(1, noisy("a"))], after(1, noisy("b")).await);
        tick(1).await;
    }
}
differential! {
    fn what_a_box_holds_that_was_awaited() -> () {
        let w = &*after(1, Box::new(noisy("a"))).await;
        w.touch();
        tick(1).await;
        w.touch();
        let w = &(*after(1, Box::new(vec![noisy("a")])).await)[after(1, 0).await];
        w.touch();
        tick(1).await;
        w.touch();
    }
}
differential! {
    fn a_slice_of_what_a_method_gives() -> () {
        let w = &get(&noisy("t"), 1).name()[after(1, 0).await..];
        tick(1).await;
        let s = w.len();
    }
}
differential! {
    fn an_element_that_is_pinned() -> () {
        let a = std::pin::pin!(vec![noisy("x")][after(1, 0).await].name());
        tick(1).await;
        given("a", a.to_string());
        let a = std::pin::pin!(&vec![noisy("x")][after(1, 0).await]);
        tick(1).await;
        a.touch();
    }
}
differential! {
    fn elements_in_a_let_else() -> () {
        let Some(x) = &vec![Some(noisy("v"))][after(1, 0).await] else { return };
        tick(1).await;
        x.touch();
        let Some(x) = &Some(noisy("v")) else { return };
        tick(1).await;
        x.touch();
        let Some(ref x) = vec![Some(noisy("v"))][after(1, 0).await] else { return };
        tick(1).await;
        x.touch();
    }
}
differential! {
    fn elements_in_a_let_else_that_suspends() -> () {
        let Some(x) = &vec![Some(noisy("v"))][after(1, 0).await] else { tick(1).await; return };
        tick(1).await;
        x.touch();
        let Some(x) = &Some(noisy("v")) else { tick(1).await; return };
        tick(1).await;
        x.touch();
        let Some(ref x) = vec![Some(noisy("v"))][after(1, 0).await] else { tick(1).await; return };
        tick(1).await;
        x.touch();
        let Some(ref x) = Some(noisy("v")) else { tick(1).await; return };
        tick(1).await;
        x.touch();
        let Some(ref x) = *Box::new(Some(noisy("v"))) else { tick(1).await; return };
        tick(1).await;
        x.touch();
    }
}
differential! {
    fn elements_in_literals() -> () {
        let n = noisy("n");
        let x = S { r: &vec![noisy("v")][after(1, 0).await], n: 2, ..base(&n) };
        tick(1).await;
        x.r.touch();
        let x = [&vec![noisy("v")][after(1, 0).await], &noisy("z"), &held().0[after(1, 0).await]];
        tick(1).await;
        x[1].touch(); x[2].touch(); x[0].touch();
        let x = [(&vec![noisy("v")][after(1, 0).await] as &Noisy, 1)];
        tick(1).await;
        x[0].0.touch();
        let x = Some(Some(&vec![noisy("v")][after(1, 0).await]));
        tick(1).await;
        x.unwrap().unwrap().touch();
        let x = (Some(&vec![noisy("v")][0]), Some(Some(&vec![noisy("v")][after(1, 0).await])), after(1, 1).await);
        tick(1).await;
        x.1.unwrap().unwrap().touch();
    }
}
differential! {
    fn elements_in_branches() -> () = start(true);
    #[half::coroutine]
    fn start(c: bool) {
        let x = match c { true => &vec![noisy("v")][after(1, 0).await], false => &vec![noisy("v")][0] };
        tick(1).await;
        x.touch();
        let (x, ref y) = match c { true => (&vec![noisy("v")][after(1, 0).await], noisy("n")), false => (&vec![noisy("v")][0], noisy("m")) };
        tick(1).await;
        x.touch();
        let x = if c { let m = noisy("m"); &vec![noisy("v")][after(1, 0).await] } else { &noisy("k") };
        tick(1).await;
        x.touch();
        let x = &(if c { vec![noisy("v")] } else { vec![noisy("w")] })[after(1, 0).await];
        tick(1).await;
        x.touch();
    }
}
differential! {
    fn elements_that_last_for_a_statement() -> () {
        match &vec![noisy("v")][after(1, 0).await] { x => { tick(1).await; x.touch(); } }
        if let x = &vec![noisy("v")][after(1, 0).await] { tick(1).await; x.touch(); }
        for x in &vec![vec![noisy("v")]][after(1, 0).await] { tick(1).await; x.touch(); }
        while let x = &vec![noisy("v")][after(1, 0).await] { tick(1).await; x.touch(); break }
        get(&vec![noisy("v")][after(1, 0).await], after(1, 3).await).touch();
        drop((&vec![noisy("v")][after(1, 0).await], after(1, 3).await));
        let _ = &vec![noisy("v")][after(1, 0).await];
        tick(1).await;
        let _ = vec![noisy("v")][after(1, 0).await];
        tick(1).await;
        _ = &vec![noisy("v")][after(1, 0).await];
        tick(1).await;
        &vec![noisy("v")][after(1, 0).await];
        let x;
        x = vec![(noisy("v"), 1)][after(1, 0).await].1;
    }
}
differential! {
    fn elements_of_a_local() -> () {
        let mut v = vec![noisy("v")];
        let y;
        let x = &v[after(1, 0).await];
        tick(1).await;
        x.touch();
        let x = &mut v[after(1, 0).await];
        y = x;
        tick(1).await;
        y.touch();
    }
}
differential! {
    fn methods_of_elements() -> () {
        let x = vec![noisy("v")][after(1, 0).await].name();
        tick(1).await;
        let x = &vec![noisy("v")][after(1, 0).await].name();
        tick(1).await;
        let x = &vec![vec![noisy("v")]][after(1, 0).await].len();
        tick(1).await;
        let x = &vec![vec![(noisy("v"), 2)]][after(1, 0).await][after(1, 0).await].1;
        tick(1).await;
        let x = &[(noisy("v"), 2), (noisy("w"), 2)][after(1, 0).await].1;
        tick(1).await;
        let x = &[1, 2][after(1, 0).await];
        tick(1).await;
        let x: &'static [u32] = &[1, 2];
        let y = &x[after(1, 0).await];
        tick(1).await;
        given("x", *y);
    }
}
differential! {
    fn what_is_extended_beside_temporaries_of_the_statement() -> () {
        fn of(n: &Noisy) -> u32 { n.name().len() as u32 }
        fn made(n: u32) -> Noisy { noisy("made") }
        let p = &made(after(of(&noisy("t")), 1).await);
        p.touch();
        let (p, ref q) = (&pair("l", "r").left, made(after(of(&noisy("t")), 1).await));
        p.touch();
        q.touch();
        let p = (&made(after(of(&noisy("t")), 1).await), made(of(&noisy("u"))));
        p.0.touch();
        let ref p = made(after(of(&noisy("t")), 1).await);
        p.touch();
        let Pair { ref left, .. } = (pair("l", "r"), after(of(&noisy("t")), 1).await).0;
        left.touch();
        let p = &Some(made(after(of(&noisy("t")), 1).await));
        p.as_ref().unwrap().touch();
        let [p, _] = [&made(1), &made(after(of(&noisy("t")), 1).await)];
        p.touch();
        let p = &mut made(after(of(&noisy("t")), 1).await);
        p.touch();
    }
}
