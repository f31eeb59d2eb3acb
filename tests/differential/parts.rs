//! Patterns, fields and assignments that take a local apart and put it together again.

use costate_tests::differential;
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

struct Many {
    a: Noisy,
    b: Option<(Noisy, Noisy)>,
    c: Box<Pair>,
    e: Shape,
}

fn many() -> Many {
    Many {
        a: noisy("a"),
        b: Some((noisy("b0"), noisy("b1"))),
        c: Box::new(pair("cl", "cr")),
        e: Shape::Both(noisy("e0"), noisy("e1")),
    }
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

struct Wrap(Noisy);

differential! {
    fn a_field_that_a_pattern_moved_is_assigned() -> &'static str {
        let mut p = pair("l", "r");
        tick(1).await;
        let Pair { left, .. } = p;
        tick(1).await;
        p.left = noisy("new l");
        tick(1).await;
        p.left.name()
    }
}

differential! {
    fn a_field_beside_what_a_pattern_moved_is_assigned() -> &'static str {
        let mut p = pair("l", "r");
        tick(1).await;
        let Pair { left, .. } = p;
        tick(1).await;
        p.right = noisy("new r");
        tick(1).await;
        p.right.name()
    }
}

differential! {
    fn fields_and_patterns_take_turns() -> () {
        let w = (noisy("a"), (noisy("b"), noisy("c")), noisy("d"));
        tick(1).await;
        let d = w.2;
        let (_, (b, _), _) = w;
        tick(1).await;
        drop(w.0);
        tick(1).await;
    }
}

differential! {
    fn a_pattern_looks_into_a_box() -> () {
        let b = Box::new((noisy("l"), noisy("r")));
        tick(1).await;
        let (l, _) = *b;
        tick(1).await;
    }
}

differential! {
    fn ten_fields_are_moved_one_by_one() -> () {
        let w = (noisy("0"), noisy("1"), noisy("2"), noisy("3"), noisy("4"), noisy("5"), noisy("6"), noisy("7"), noisy("8"), noisy("9"));
        tick(1).await;
        drop(w.9); drop(w.1); drop(w.2); tick(1).await; drop(w.3); drop(w.4); drop(w.5); drop(w.6); drop(w.7); drop(w.8);
        tick(1).await;
    }
}

differential! {
    fn a_field_that_an_update_moved_is_assigned() -> () {
        let extra = noisy("extra");
        let mut base = pair("left", "right");
        tick(1).await;
        let made = Pair { left: extra, ..base };
        tick(1).await;
        base.right = noisy("new right");
        tick(1).await;
    }
}

differential! {
    fn two_updates_leave_different_fields() -> () {
        for c in [true, false] {
            let mut base = pair("left", "right");
            let x = noisy("x");
            tick(1).await;
            let made = if c { Pair { left: x, ..base } } else { Pair { right: x, ..base } };
            tick(1).await;
        }
    }
}

differential! {
    fn patterns_on_different_paths_take_different_parts() -> () {
        for n in 0..4 {
            let t = (noisy("0"), noisy("1"), (noisy("20"), noisy("21")));
            tick(1).await;
            if n == 0 { let (a, _, (_, d)) = t; tick(1).await; }
            else if n == 1 { let (_, b, c) = t; tick(1).await; }
            else if n == 2 { let (a, b, _) = t; drop(t.2.0); }
            tick(1).await;
        }
    }
}

differential! {
    fn many_parts_go_and_come_back() -> () {
        let mut w = many();
        tick(1).await;
        let Many { a, b: Some((b0, _)), .. } = w else { return };
        tick(1).await;
        let Pair { left, .. } = *w.c;
        tick(1).await;
        w.a = noisy("new a");
        w.c.left = noisy("new cl");
        w.b = None;
        tick(1).await;
        if let Shape::Both(_, e1) = w.e { tick(1).await; }
        tick(1).await;
        w.e = Shape::Nothing;
        tick(1).await;
        let z = w;
        tick(1).await;
    }
}

differential! {
    fn what_the_pattern_looked_at_changes_afterwards() -> () {
        let mut t = (1, noisy("a"), noisy("b"));
        tick(1).await;
        match t {
            (1, x, _) => {
                tick(1).await;
                t.0 = 2;
                tick(1).await;
            }
            (_, _, y) => {}
        }
        t.1 = noisy("again");
        tick(1).await;
    }
}

differential! {
    fn patterns_that_copy_leave_everything() -> u32 {
        let t = (1u32, noisy("n"), Some(7u32));
        tick(1).await;
        let (a, _, b) = t;
        let (c, ..) = t;
        tick(1).await;
        let k = if let Some(x) = t.2 { x } else { 0 };
        let k2 = match t.2 { Some(x) if x > 3 => x, _ => 0 };
        tick(1).await;
        drop(t.1);
        a + b.unwrap_or(0) + c + k + k2
    }
}

differential! {
    fn patterns_that_borrow_leave_everything() -> usize {
        let mut t = (noisy("a"), Some(noisy("b")));
        tick(1).await;
        let (ref a, Some(ref mut b)) = t else { return 0 };
        tick(1).await;
        b.rename("bb");
        a.touch();
        let r = &mut t;
        match r { (a, Some(b)) => { b.rename("bbb"); tick(1).await; a.touch(); } (a, None) => {} }
        if let Some(x) = &t.1 { x.touch(); }
        tick(1).await;
        t.0.name().len()
    }
}

differential! {
    fn arguments_are_taken_apart_and_their_parts_again() -> () = go((noisy("a"), [noisy("b"), noisy("c"), noisy("d")]), pair("l", "r"), Wrap(noisy("w")));
    #[half::coroutine]
    fn go((a, [_, c, _]): (Noisy, [Noisy; 3]), mut p: Pair, Wrap(w): Wrap) -> () {
        tick(1).await;
        let Pair { left, .. } = p;
        tick(1).await;
        p.left = w;
        tick(1).await;
    }
}

differential! {
    fn parts_go_and_come_back_in_a_loop() -> () {
        let mut t = (noisy("a"), noisy("b"));
        for n in 0..3 {
            if n == 1 { drop(t.1); } else { let (_, b) = t; tick(1).await; }
            tick(1).await;
            t.1 = noisy("c");
            if n == 1 { continue; }
            let (a, _) = t;
            tick(1).await;
            t = (a, noisy("fresh"));
        }
        tick(1).await;
    }
}

differential! {
    fn the_ends_of_a_tuple() -> () {
        let t = (noisy("a"), noisy("b"), noisy("c"), noisy("d"));
        tick(1).await;
        let (a, .., d) = t;
        tick(1).await;
        drop(t.1);
        tick(1).await;
    }
}

differential! {
    fn parts_of_values_without_a_name() -> () {
        let (a, _) = *Box::new((noisy("a"), noisy("b")));
        tick(1).await;
        match pair("l", "r").left { x => tick(1).await }
        if let Some(z) = many().b { tick(1).await; }
        tick(1).await;
    }
}

differential! {
    fn a_local_in_parts_when_a_loop_is_left() -> () {
        let mut p = pair("l", "r");
        'a: loop {
            for k in 0..4 {
                tick(1).await;
                let l = p.left;
                if k == 2 { break 'a; }
                let Pair { right, .. } = p;
                tick(1).await;
                p = Pair { left: right, right: l };
            }
        }
        tick(1).await;
    }
}

differential! {
    fn what_an_update_left_drops_in_its_place() -> () {
        let base = Holder { n: 3, ..holder() };
        tick(1).await;
        let made = Holder { o: None, ..base };
        tick(1).await;
        drop(made.t.1);
        tick(1).await;
    }
}
