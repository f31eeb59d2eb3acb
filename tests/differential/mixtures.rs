//! Mixtures of everything that takes a local apart.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;

enum Shape {
    Both(Noisy, Option<(Noisy, Noisy)>),
    Named { x: Noisy, n: u32, y: Noisy },
    Number(u32),
    Nothing,
}

fn some(name: &'static str) -> Option<Noisy> {
    Some(noisy(name))
}

struct Wrap(Noisy);

impl Wrap {
    fn close(self) -> &'static str {
        self.0.name()
    }

    fn peek(&self) -> usize {
        1
    }
}

differential! {
    fn parts_come_back_from_where_they_went() -> () {
        let mut w = (noisy("a"), (noisy("b"), some("c")), noisy("d"));
        let (a, (_, Some(c)), _) = w else { return };
        tick(1).await;
        w.1.1 = Some(c);
        w.0 = a;
        let z = (w.2, w.0);
        tick(1).await;
        w.2 = noisy("d2");
        drop(w.1);
        tick(1).await;
    }
}

differential! {
    fn enums_in_enums() -> () {
        for n in 0..4 {
            let e = match n { 0 => Shape::Both(noisy("a"), Some((noisy("p"), noisy("q")))), 1 => Shape::Both(noisy("a"), None), 2 => Shape::Named { x: noisy("x"), n, y: noisy("y") }, _ => Shape::Nothing };
            tick(1).await;
            match e {
                Shape::Both(_, Some((_, q))) => { tick(1).await; q.touch(); }
                Shape::Both(a, None) => a.touch(),
                Shape::Named { ref x, n: 2, .. } => { x.touch(); tick(1).await; }
                Shape::Named { x, y, .. } => drop((x, y)),
                other => { tick(1).await; }
            }
            tick(1).await;
        }
    }
}

differential! {
    fn alternatives_in_a_tuple() -> () {
        for n in 0..3 {
            let t = (n, if n == 0 { Ok(noisy("ok")) } else { Err(noisy("err")) }, noisy("z"));
            tick(1).await;
            let (0 | 1, Ok(v) | Err(v), _) = t else { say("else"); tick(1).await; continue };
            tick(1).await;
            v.touch();
        }
    }
}

differential! {
    fn guards_look_at_what_their_arms_take() -> () {
        for n in 0..3 {
            let t = (some("a"), noisy("b"), n);
            tick(1).await;
            match t {
                (Some(x), _, k) if k == 1 && x.name() == "a" => { tick(1).await; x.touch() }
                (Some(ref x), y, 2) if y.name() == "b" => { tick(1).await; y.touch(); x.touch(); }
                (_, y, _) => drop(y),
            }
            tick(1).await;
        }
    }
}

differential! {
    fn an_enum_in_a_box() -> () {
        let mut b = Box::new(Shape::Both(noisy("a"), Some((noisy("p"), noisy("q")))));
        tick(1).await;
        if let Shape::Both(a, _) = *b { tick(1).await; }
        tick(1).await;
        *b = Shape::Named { x: noisy("x"), n: 1, y: noisy("y") };
        tick(1).await;
        if let Shape::Named { y, .. } = *b { drop(y); }
        b = Box::new(Shape::Number(1));
        tick(1).await;
    }
}

differential! {
    fn a_labelled_block_gives_a_part() -> () {
        let t = (noisy("a"), noisy("b"), noisy("c"));
        tick(1).await;
        let r = 'l: { if given("x", true) { let (a, ..) = t; break 'l a; } tick(1).await; t.1 };
        tick(1).await;
    }
}

differential! {
    fn loops_are_left_with_and_without_parts() -> usize {
        for n in 0..3 {
            let t = (noisy("a"), noisy("b"), n);
            loop {
                tick(1).await;
                if n == 2 { return { let (a, ..) = t; a.name().len() }; }
                if n == 1 { drop(t.1); break; }
                let x = t.0;
                break;
            }
            tick(1).await;
        }
        0
    }
}

differential! {
    fn a_question_mark_moves_a_field() -> Result<usize, u32> = go();
    #[half::coroutine]
    fn go() -> Result<usize, u32> {
        let t = (Ok::<Noisy, u32>(noisy("a")), noisy("b"), Err::<Noisy, u32>(4));
        tick(1).await;
        let a = t.0?;
        tick(1).await;
        let b = t.2?;
        Ok(a.name().len())
    }
}

differential! {
    fn one_field_is_borrowed_on_one_path_and_consumed_on_the_other() -> usize {
        let mut k = 0;
        for n in 0..2 {
            let t = (Wrap(noisy("w")), Wrap(noisy("v")), noisy("u"));
            tick(1).await;
            if n == 0 { k += t.0.close().len(); tick(1).await; k += t.1.peek(); } else { k += t.0.peek(); tick(1).await; k += t.1.close().len(); }
            tick(1).await;
        }
        k
    }
}

differential! {
    fn options_in_fields_are_unwrapped_and_refilled() -> usize {
        let mut s = (some("o"), vec![noisy("v")], Some(Ok::<Noisy, u32>(noisy("r"))), Box::new(noisy("bx")));
        tick(1).await;
        let x = s.0.unwrap();
        let y = s.2.transpose().unwrap();
        tick(1).await;
        let n: Vec<_> = s.1.into_iter().map(|v| v.name()).collect();
        tick(1).await;
        s.0 = Some(x);
        let z = s.0.as_ref().map(|x| x.name().len());
        let q = s.0.map(|x| x.into_name()).unwrap_or("none");
        tick(1).await;
        s.3.touch();
        n.len() + q.len()
    }
}

differential! {
    fn parts_of_generic_types() -> usize = start();
    #[half::coroutine]
    fn start() -> usize { gen_parts((vec![noisy("a")], noisy("b"))).await + gen_parts((vec![1u8], 7u64)).await }
    #[half::coroutine]
    fn gen_parts<T: IntoIterator, U>(w: (T, U)) -> usize {
        tick(1).await;
        let (it, _) = w;
        tick(1).await;
        let mut n = 0;
        for x in it { n += 1; tick(1).await; }
        let u = w.1;
        tick(1).await;
        n
    }
}

differential! {
    fn parts_of_self() -> usize = S { a: noisy("sa"), b: Wrap(noisy("sb")), c: [noisy("c0"), noisy("c1")] }.run();
    struct S { a: Noisy, b: Wrap, c: [Noisy; 2] }
    impl S {
        #[half::coroutine]
        fn run(mut self) -> usize {
            tick(1).await;
            let Self { a, b: Wrap(inner), .. } = self;
            tick(1).await;
            self.b = Wrap(a);
            tick(1).await;
            let [_, c1] = self.c;
            let n = self.b.close().len();
            tick(1).await;
            n
        }
    }
}

differential! {
    fn a_field_is_renamed_moved_and_refilled() -> () {
        let mut p = (noisy("a"), noisy("b"));
        tick(1).await;
        let r = &mut p.0;
        r.rename("aa");
        let x = p.0;
        tick(1).await;
        p.0 = x;
        let q = &p;
        q.0.touch();
        tick(1).await;
        q.1.touch();
    }
}

differential! {
    fn a_tuple_of_locals_is_taken_apart() -> () {
        let p = pair("l", "r");
        let q = pair("l2", "r2");
        tick(1).await;
        match (p, q) {
            (Pair { left, .. }, Pair { right, .. }) => { tick(1).await; left.touch(); }
        }
        tick(1).await;
    }
}

differential! {
    fn options_in_an_array() -> () {
        let arr = [some("a"), None, some("c"), some("d")];
        tick(1).await;
        if let [Some(x), _, .., Some(z)] = arr { tick(1).await; x.touch(); }
        tick(1).await;
    }
}

differential! {
    fn a_format_argument_takes_a_part() -> String {
        let w = (some("a"), noisy("b"));
        tick(1).await;
        let s = format!("{}", match w { (Some(x), _) => x.into_name(), _ => "none" });
        tick(1).await;
        s
    }
}
