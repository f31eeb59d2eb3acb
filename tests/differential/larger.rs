//! Operands of every kind before a suspension: moves, borrows, patterns, macros, closures.

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::cell::Cell;

fn two(a: Noisy, b: Noisy) -> Noisy {
    say("two");
    drop(a);
    b
}

macro_rules! noisy_of {
    ($n:expr) => {
        noisy($n)
    };
}

const LIMIT: u32 = 7;
static NAMES: [&str; 2] = ["x", "y"];

struct Unit;

impl Drop for Unit {
    fn drop(&mut self) {
        say("drop unit");
    }
}

differential! {
    fn moved_and_assigned_again() -> &'static str {
        let mut x = noisy("x1");
        let kept = two(x, { x = noisy("x2"); after(1, noisy("y")).await });
        tick(1).await;
        x.touch();
        kept.name()
    }
}

differential! {
    fn conditional_operand_moves() -> usize {
        let x = noisy("x");
        let flag = after(1, false).await;
        let n = usize::max(if flag { drop(x); 1 } else { after(1, 2).await }, after(1, 1).await);
        tick(1).await;
        n
    }
}

differential! {
    fn partial_moves() -> usize {
        let p = pair("l", "r");
        let kept = two(p.left, after(1, p.right).await);
        tick(1).await;
        kept.name().len()
    }
}

differential! {
    fn boxes_are_unboxed() -> usize {
        let b = Box::new(noisy("b"));
        let kept = two(*b, after(1, noisy("c")).await);
        tick(1).await;
        kept.name().len()
    }
}

differential! {
    fn mut_refs_are_reborrowed() -> Vec<u32> {
        fn push(v: &mut Vec<u32>, n: u32) -> u32 { v.push(n); n }
        let mut v = vec![];
        let r = &mut v;
        let a = push(r, after(1, 1).await) + push(r, after(1, 2).await);
        r.push(a + after(1, r.len() as u32).await);
        for n in [1, 2] { let k = push(r, after(1, n).await); push(r, k + after(1, 1).await); }
        v
    }
}

differential! {
    fn patterns_in_operands() -> u32 {
        let v = vec![(1, noisy("a")), (2, noisy("b"))];
        let mut n = 0;
        for (i, who) in v {
            n += match (i, who, after(1, 3).await) { (1, w, k) => k + w.name().len() as u32, (k, _w, j) if after(1, k < j).await => k, _ => 100 } + after(1, 1).await;
        }
        n
    }
}

differential! {
    fn nested_blocks_with_drops() -> usize {
        let outer = noisy("outer");
        let n = [
            { let a = noisy("a"); a.name().len() + after(1, 1).await },
            { let b = noisy("b"); let c = &after(1, noisy("c")).await; b.name().len() + c.name().len() },
        ];
        n.iter().sum::<usize>() + after(1, outer.name().len()).await
    }
}

differential! {
    fn cells() -> u32 {
        let c = Cell::new(1);
        let r = &c;
        let n = r.get() + { r.set(5); after(1, r.get()).await } * c.get();
        (*r).set({ let n = r.get(); tick(1).await; n + 1 });
        n + c.get()
    }
}

differential! {
    fn compare_refs_reassigned() -> (bool, bool) {
        let (a, b) = (1, 2);
        let mut r = &a;
        let x = *r == { r = &b; after(1, 1).await };
        let y = r != { tick(1).await; &2 };
        (x, y)
    }
}

differential! {
    fn for_over_operands() -> u32 {
        let mut total = 0;
        for n in [after(1, 1).await, 2].into_iter().chain(Some(after(1, 3).await)).zip(after(1, vec![noisy("z1"), noisy("z2")]).await) {
            total += n.0 + after(1, n.1.name().len() as u32).await;
        }
        total
    }
}

differential! {
    fn question_on_option_and_err_conversion() -> Result<u32, Box<dyn std::error::Error>> {
        let n: u32 = after(1, "12").await.parse::<u32>()? + after(1, "x").await.len() as u32;
        let held = noisy("held");
        let m = n * after(1, "y").await.parse::<u32>()? + after(1, 1).await;
        Ok(m)
    }
}

differential! {
    fn slices_and_index_pairs() -> Vec<u32> {
        let mut v = vec![1, 2, 3, 4];
        let i = after(1, 1usize).await;
        v.swap(i, after(1, 3).await);
        let (a, b) = v.split_at_mut(after(1, 2).await);
        a[0] += b[after(1, 0).await] * after(1, 2).await;
        b[1] = a[i] + after(1, a[0]).await;
        v[after(1, 0).await..after(1, 2).await].reverse();
        v
    }
}

differential! {
    fn casts_and_refs_of_fields() -> (f64, i8) {
        struct P { x: f32, y: f32 }
        let p = P { x: after(1, 1.5).await, y: 2.0 };
        let d = (p.x * p.x + after(1, p.y).await * p.y).sqrt() as f64;
        (d, -(after(1, 300i32).await as i8) - after(1, 1).await)
    }
}

differential! {
    fn let_else_larger() -> u32 {
        let (Some(a), [b, ..]) = (after(1, Some(noisy("a"))).await, [after(1, 2).await, 3]) else { return after(1, 0).await };
        let Ok(n) = u32::try_from(b + after(1, 1).await).map_err(|_| noisy("err")) else { unreachable!() };
        n + a.name().len() as u32
    }
}

differential! {
    fn shadowing_operands() -> u32 {
        let x = 1;
        let x = x + { let x = after(1, x + 1).await; x } + after(1, x).await;
        let x = (x, { let y = x; after(1, y).await });
        x.0 * 100 + x.1
    }
}

differential! {
    fn extended_in_struct_update_and_index() -> usize {
        struct V<'a> { v: &'a [Noisy], n: usize }
        let v = V { v: &[after(1, noisy("p")).await, noisy("q")], n: after(1, 1).await };
        let w = V { n: 5, ..v };
        tick(1).await;
        w.v.len() + w.n
    }
}

differential! {
    fn macros_among_operands() -> String {
        fn join(a: String, v: Vec<u32>, n: Noisy, s: &str) -> String { format!("{a}{v:?}{}{s}", n.name()) }
        let x = noisy("x");
        let w = 3;
        let s = join(format!("{:>w$}{}", x.name(), LIMIT), vec![w as u32, 2], noisy_of!("m"), after(1, NAMES[after(1, 1).await]).await);
        tick(1).await;
        s + &format!("{w}")
    }
}

differential! {
    fn paths_among_operands() -> u32 {
        fn take(_: Unit, f: fn(u32) -> u32, n: u32, m: Option<Unit>) -> u32 { f(n) }
        fn inc(n: u32) -> u32 { n + 1 }
        take(Unit, inc, after(1, LIMIT).await, None) + take(Unit, |n| n, LIMIT.pow(after(1, 2).await), Some(Unit))
    }
}

differential! {
    fn closures_are_called_at_once() -> u32 {
        let k = 2;
        (|n: u32| n * k)(after(1, 3).await) + (move |a: u32, b: u32| a + b + k)(after(1, 1).await, after(1, 2).await)
    }
}

differential! {
    fn inner_futures_among_operands() -> u32 {
        fn add<F: Future<Output = u32>>(f: F, n: u32) -> (std::pin::Pin<Box<F>>, u32) { (Box::pin(f), n) }
        let who = noisy("who");
        let k = 5;
        let (f, n) = add(async move { who.touch(); k + after(1, 1).await }, after(1, 2).await);
        tick(1).await;
        f.await + n
    }
}

differential! {
    fn raw_pointers() -> u32 {
        let mut n = 1;
        let p = (&raw mut n, after(1, 2).await);
        // SAFETY: it is alive.
        unsafe { *p.0 += after(1, p.1).await; *p.0 + after(1, 1).await }
    }
}

differential! {
    fn ranges_everywhere() -> Vec<u32> {
        let mut v = vec![];
        for i in after(1, 0).await..after(1, 3).await { v.push(i); }
        for i in (1..=after(1, 3).await).rev().step_by(after(1, 2).await) { v.extend([i; 2]); }
        v.drain(..after(1, 1).await);
        if (0..after(1, 5).await).contains(&after(1, 3).await) { v.truncate(after(1, 4).await); }
        v
    }
}

differential! {
    fn a_generic_method_with_turbofish() -> (u32, Vec<u8>) {
        let n = after(1, "5").await.parse::<u32>().unwrap_or(after(1, 1).await) + "6".parse::<u32>().map_or(after(1, 0).await, |n| n);
        let v = after(1, vec![1u8, 2]).await.into_iter().chain([after(1, 3).await]).collect::<Vec<_>>();
        (n, v)
    }
}

differential! {
    fn boxed_dyn_receivers() -> usize {
        trait Tr { fn go(&self, n: usize) -> usize; fn end(self: Box<Self>, n: usize) -> usize; }
        impl Tr for Noisy { fn go(&self, n: usize) -> usize { self.touch(); n } fn end(self: Box<Self>, n: usize) -> usize { n + self.name().len() } }
        let b: Box<dyn Tr> = Box::new(noisy("b"));
        let n = b.go(after(1, 2).await);
        let m = b.end(after(1, 1).await);
        tick(1).await;
        let list: Vec<Box<dyn Tr>> = vec![Box::new(noisy("c"))];
        n + m + list[0].go(after(1, 5).await) + list.iter().map(|t| t.go(1)).sum::<usize>()
    }
}

differential! {
    fn iterators_are_advanced() -> u32 {
        let mut it = [1, 2, 3, 4, 5].into_iter();
        let a = it.next().unwrap_or(after(1, 0).await) * 10 + it.nth(after(1, 1).await).unwrap_or_default();
        let mut words = "a b c".split(' ');
        let n = words.by_ref().take(after(1, 2).await).count();
        a + n as u32 + words.next().map_or(after(1, 100).await, |w| w.len() as u32) + it.fold(after(1, 0).await, |a, b| a + b)
    }
}

differential! {
    fn cloned_receivers() -> usize {
        let s = String::from("text");
        let n = s.clone().replace(after(1, "t").await, &after(1, String::from("tt")).await).len();
        let m = s.as_str().find(after(1, 'x').await).unwrap_or(after(1, 1).await);
        let t = s.chars().rev().collect::<String>() + after(1, "!").await;
        n + m + t.len() + { s }.into_bytes().len() * after(1, 2).await
    }
}
