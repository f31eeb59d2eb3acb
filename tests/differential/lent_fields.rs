//! Fields and closures that calls consume, with and without a suspension among the arguments: while these are evaluated it is an operand.

use super::lent_receivers::{Builder, builder};
use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
struct Two {
    a: Builder,
    b: Builder,
}
fn two() -> Two {
    Two {
        a: builder("a"),
        b: builder("b"),
    }
}
struct Boxed {
    f: Box<dyn FnOnce(usize) -> usize>,
    n: Noisy,
}
differential! {
    fn a_consumed_field_is_an_operand() -> usize {
        let x = two();
        let k = noisy("k");
        let y = x.a.with(after(1, noisy("y")).await);
        let l = noisy("l");
        let z = x.b.with(after(1, noisy("z")).await);
        tick(1).await;
        y.count(0) + z.count(1)
    }
}
differential! {
    fn a_field_that_is_borrowed_stays() -> usize {
        let mut x = two();
        let k = noisy("k");
        let n = x.a.count(after(1, 2).await);
        x.b.add(after(1, noisy("m")).await);
        let m = x.b.count(after(1, 2).await);
        tick(1).await;
        n + m
    }
}
differential! {
    fn a_field_is_left_in_an_argument() -> Result<usize, Noisy> {
        let x = two();
        let k = noisy("k");
        let y = x.a.with(after(1, Ok::<_, Noisy>(noisy("y"))).await?);
        let l = noisy("l");
        let z = x.b.with(after(1, Err::<Noisy, _>(noisy("z"))).await?);
        tick(1).await;
        Ok(y.count(0) + z.count(1))
    }
}
differential! {
    fn a_field_is_used_twice() -> usize {
        let x = two();
        let k = noisy("k");
        let y = x.a.count(after(1, 1).await) + x.a.count(after(1, 2).await);
        let z = x.a.with(after(1, noisy("y")).await);
        tick(1).await;
        z.count(0) + y
    }
}
differential! {
    fn a_boxed_function_in_a_field() -> usize {
        let n = noisy("in");
        let x = Boxed { f: Box::new(move |m| n.name().len() + m), n: noisy("n") };
        let k = noisy("k");
        let y = (x.f)(after(1, 2).await);
        tick(1).await;
        y
    }
}
differential! {
    fn a_field_is_filled_again() -> usize {
        let mut x = two();
        let k = noisy("k");
        for n in 0..2 {
            let l = noisy("l");
            x.a = x.a.with(after(1, noisy("y")).await);
        }
        tick(1).await;
        x.a.count(0)
    }
}
differential! {
    fn closures_beside() -> usize {
        let x = two();
        let k = noisy("k");
        let first = x.a.shown(|who| who.name().len() + k.name().len(), after(1, 2).await);
        tick(1).await;
        first
    }
}
differential! {
    fn a_tuple_and_a_box() -> usize {
        let x = (builder("l"), Box::new(two()), Box::new(builder("o")));
        let k = noisy("k");
        let first = x.0.with(after(1, noisy("m")).await);
        let second = x.1.b.with(after(1, noisy("m")).await);
        let third = (*x.2).with(after(1, noisy("q")).await);
        tick(1).await;
        first.count(0) + second.count(1) + third.count(0)
    }
}
differential! {
    fn a_branch() -> usize {
        let x = two();
        let k = noisy("k");
        let y = if after(1, true).await { x.a.with(after(1, noisy("m")).await).count(0) } else { x.b.count(after(1, 2).await) };
        tick(1).await;
        y
    }
}
differential! {
    fn fields_of_fields() -> usize {
        let x = (two(), 5);
        let k = noisy("k");
        let y = x.0.a.with(after(1, noisy("m")).await).count(x.1);
        tick(1).await;
        y + x.0.b.count(0)
    }
}

fn given<T>(t: T) -> Result<T, Noisy> {
    say("given");
    Ok(t)
}
differential! {
    fn nothing_suspends_in_the_call() -> usize {
        let x = builder("x");
        let k = noisy("k");
        tick(1).await;
        let y = x.with(noisy("y"));
        let l = noisy("l");
        tick(1).await;
        y.count(0)
    }
}
differential! {
    fn nothing_suspends_in_the_call_of_a_field() -> Result<usize, Noisy> {
        let x = two();
        let k = noisy("k");
        tick(1).await;
        let y = x.a.with(noisy("y"));
        let z = x.b.with(given(noisy("z"))?);
        let l = noisy("l");
        tick(1).await;
        Ok(y.count(0) + z.count(1))
    }
}
differential! {
    fn nothing_suspends_and_an_argument_leaves() -> Result<usize, Noisy> {
        let x = two();
        let k = noisy("k");
        tick(1).await;
        let l = noisy("l");
        let y = x.b.with(given(noisy("z"))?);
        let z = x.a.with(Err(noisy("err"))?);
        tick(1).await;
        Ok(y.count(0) + z.count(1))
    }
}
differential! {
    fn a_borrowing_call_beside() -> usize {
        let mut x = builder("x");
        let k = noisy("k");
        tick(1).await;
        x.add(noisy("y")).add(noisy("z"));
        let n = x.count(noisy("n").name().len());
        tick(1).await;
        let m = x.count(noisy("m").name().len());
        n + m
    }
}
differential! {
    fn a_closure_of_its_own() -> usize {
        let x = builder("x");
        let f = move |n: usize| { let x = x; x.with(noisy("in")).count(n) };
        let k = noisy("k");
        let y = f(after(1, 2).await);
        tick(1).await;
        y
    }
}
differential! {
    fn a_closure_of_its_own_and_no_suspension() -> usize {
        let x = builder("x");
        let f = move |n: usize| { let x = x; x.with(noisy("in")).count(n) };
        let k = noisy("k");
        tick(1).await;
        let y = f(noisy("n").name().len());
        tick(1).await;
        y
    }
}
differential! {
    fn a_boxed_closure_and_no_suspension() -> usize {
        let x = builder("x");
        let f: Box<dyn FnOnce(usize) -> usize> = Box::new(move |n: usize| { let x = x; x.with(noisy("in")).count(n) });
        let k = noisy("k");
        tick(1).await;
        let y = f(noisy("n").name().len());
        tick(1).await;
        y
    }
}
differential! {
    fn an_option_and_no_suspension() -> usize {
        let x = Some(builder("x"));
        let y = Some(noisy("y"));
        let k = noisy("k");
        tick(1).await;
        let y = y.unwrap_or(noisy("n")).name().len();
        let x = x.unwrap_or_else(|| builder("z")).with(noisy("n")).count(0);
        tick(1).await;
        x + y
    }
}

differential! {
    fn closures_of_all_kinds_suspend_in_their_arguments() -> usize {
        let (x, y, z, w) = (builder("x"), builder("y"), builder("z"), noisy("w"));
        let k = noisy("k");
        let consumes = |n: usize| { let x = x; x.with(noisy("in")).count(n) };
        let moves = move |n: usize| { let y = y; y.with(noisy("in")).count(n) };
        let reads = move |n: usize| z.count(n);
        let mut total = 0;
        let mut adds = |n: usize| { total += n; w.touch(); total };
        let l = noisy("l");
        let a = consumes(after(1, 2).await);
        let b = moves(after(1, 3).await);
        let c = reads(after(1, 3).await) + reads(after(1, 4).await);
        let d = adds(after(1, 3).await) + adds(after(1, 4).await);
        let e = noisy("e");
        tick(1).await;
        a + b + c + d
    }
}
differential! {
    fn closures_of_all_kinds_do_not_suspend_in_their_arguments() -> usize {
        let (x, y, z, w) = (builder("x"), builder("y"), builder("z"), noisy("w"));
        let k = noisy("k");
        let consumes = |n: usize| { let x = x; x.with(noisy("in")).count(n) };
        let moves = move |n: usize| { let y = y; y.with(noisy("in")).count(n) };
        let reads = move |n: usize| z.count(n);
        let mut total = 0;
        let mut adds = |n: usize| { total += n; w.touch(); total };
        let l = noisy("l");
        tick(1).await;
        let a = consumes(noisy("a").name().len());
        let b = moves(noisy("a").name().len());
        let c = reads(noisy("a").name().len()) + reads(noisy("b").name().len());
        let d = adds(noisy("a").name().len()) + adds(noisy("b").name().len());
        let e = noisy("e");
        tick(1).await;
        a + b + c + d
    }
}
differential! {
    fn arguments_are_closures_or_leave() -> Result<usize, Noisy> = start(builder("f"), |n| n.name().len(), &|n| n + 1);
    #[half::coroutine]
    fn start(b: Builder, f: impl FnOnce(Noisy) -> usize, g: &dyn Fn(usize) -> usize) -> Result<usize, Noisy> {
        let k = noisy("k");
        tick(1).await;
        let n = g(given(noisy("g"))?.name().len());
        let m = f(given(noisy("y"))?) + n;
        let l = noisy("l");
        if m > 100 { return Ok(0); }
        let c = b.with(match given(noisy("i"))? { n if n.name() == "j" => return Ok(7), n => n });
        tick(1).await;
        let d = c.shown(|n| n.name().len(), g(2)) + g(given(4)?);
        Ok(m + d)
    }
}

struct Iters {
    a: std::vec::IntoIter<usize>,
    b: std::vec::IntoIter<usize>,
}
differential! {
    fn temporaries_of_arguments_live_to_the_end_of_the_statement() -> usize {
        let list = vec![1, 2];
        let it = list.iter();
        let x = Iters { a: vec![1].into_iter(), b: vec![2].into_iter() };
        let other = vec![4, 5];
        let fourth = other.iter();
        tick(1).await;
        let n = it.chain(after(1, vec![7]).await.iter()).copied().sum::<usize>();
        let m = x.a.chain(after(1, vec![7]).await.iter().copied()).sum::<usize>();
        let o = x.b.chain(vec![noisy("o")].iter().map(|n| n.name().len())).sum::<usize>();
        let p = fourth.chain(vec![noisy("q").name().len()].iter()).copied().sum::<usize>();
        n + m + o + p
    }
}

differential! {
    fn an_argument_mentions_other_fields() -> usize {
        let x = two();
        let k = noisy("k");
        let y = x.a.with(after(1, noisy(x.b.0[0].name())).await);
        let l = noisy("l");
        let z = x.b.with(noisy("z"));
        let w = two();
        tick(1).await;
        let m = noisy("m");
        let v = w.a.with(noisy(w.b.0[0].name())).count(w.b.count(1));
        let u = w.b.with(after(1, noisy("u")).await).count(y.count(0) + z.count(1));
        u + v
    }
}

differential! {
    fn an_argument_takes_other_fields() -> usize {
        let x = (builder("a"), builder("b"), two());
        let k = noisy("k");
        let y = x.0.with(after(1, x.2.a.with(noisy("in")).0.remove(0)).await);
        let l = noisy("l");
        tick(1).await;
        let z = x.1.with(x.2.b.with(noisy("in")).0.remove(0));
        let m = noisy("m");
        tick(1).await;
        y.count(0) + z.count(1)
    }
}

differential! {
    fn an_argument_mentions_what_is_called() -> usize {
        let (x, mut y) = (two(), two());
        let k = noisy("k");
        let n = x.a.count(after(1, x.a.count(1)).await) + x.b.count(x.a.count(2));
        y.a.add(after(1, noisy(x.a.0[0].name())).await).add(noisy(x.b.0[0].name()));
        tick(1).await;
        n + y.a.count(y.b.count(0))
    }
}

differential! {
    fn closures_stand_beside_other_fields() -> usize {
        let x = two();
        let k = noisy("k");
        let n = x.a.shown(|who| who.name().len() + k.name().len(), after(1, x.b.count(1)).await);
        tick(1).await;
        let m = x.b.shown(|who: &Noisy| who.name().len(), after(1, 2).await);
        n + m
    }
}
