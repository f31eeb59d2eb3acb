//! Methods that are given closures whose parameters have no types of their own, of locals and of temporaries.
#![allow(unused_allocation, reason = "what is in a box is asked about")]

use costate_tests::differential;
use costate_tests::log::say;
use costate_tests::props::*;
use std::ops::{Deref, DerefMut};

struct Kept(Noisy);

impl Kept {
    fn with<R>(&self, f: impl FnOnce(&Noisy) -> R) -> R {
        f(&self.0)
    }

    fn change<R>(&mut self, by: u32, f: impl for<'a> FnOnce(&'a mut Noisy, u32) -> R) -> R {
        f(&mut self.0, by)
    }

    fn consume<R>(self, f: impl FnOnce(Noisy) -> R) -> R {
        f(self.0)
    }

    fn lazy<F: Fn(&str) -> &str>(&self, f: F) -> Lazy<'_, F> {
        Lazy(self, f)
    }

    fn eager<F: Fn(&str) -> &str>(self, f: F) -> Eager<F> {
        Eager(self, f)
    }
}

struct Lazy<'a, F>(&'a Kept, F);

impl<F: Fn(&str) -> &str> Lazy<'_, F> {
    fn run(self) -> usize {
        (self.1)(self.0.0.name()).len()
    }
}

struct Eager<F>(Kept, F);

impl<F: Fn(&str) -> &str> Eager<F> {
    fn run(self) -> usize {
        (self.1)(self.0.0.name()).len()
    }
}

trait Through: Sized {
    fn through<R>(self, f: impl FnOnce(Self) -> R) -> R {
        f(self)
    }
}

impl Through for Kept {}
impl<T> Through for Vec<T> {}

fn kept(name: &'static str) -> Kept {
    Kept(noisy(name))
}

differential! {
    fn a_held_local_is_consumed_or_not() -> u32 {
        let (a, mut b, c) = (kept("a"), kept("b"), kept("c"));
        let other = noisy("other");
        tick(1).await;
        let x = a.with(|n| n.name().len());
        let y = b.change(3, |n, by| { n.rename("changed"); by });
        let z = c.consume(|n| n.into_name());
        tick(1).await;
        say(z);
        u32::try_from(x).unwrap() + y
    }
}

differential! {
    fn a_temporary_lives_on_if_it_is_not_consumed() -> usize {
        let other = noisy("other");
        let x = kept("a").with(|n| n.name().len()) + after(1, 2).await;
        let y = kept("b").change(3, |n, by| { n.rename("changed"); by }) + after(1, 2).await;
        let z = kept("c").consume(|n| n.name().len()) + after(1, 2).await;
        x + z + y as usize
    }
}

differential! {
    fn the_result_has_the_closure_in_it() -> usize {
        let (a, b) = (kept("a"), kept("b"));
        tick(1).await;
        let x = a.lazy(|s| s.trim());
        let y = b.eager(|s| s.trim());
        tick(1).await;
        x.run() + y.run() + kept("c").lazy(|s| &s[1..]).run() + after(1, 2).await
    }
}

differential! {
    fn a_method_of_a_trait_consumes() -> &'static str {
        let (a, v) = (kept("a"), vec![noisy("v")]);
        tick(1).await;
        let n = a.through(|k| k.0.into_name());
        tick(1).await;
        let m = kept("b").through(|Kept(n)| n.into_name());
        after(1, m).await;
        say(v.len());
        n
    }
}

differential! {
    fn closures_capture_locals_and_leave() -> Result<usize, Noisy> {
        let (a, mut count, text) = (kept("a"), 1, noisy("text"));
        tick(1).await;
        let name = kept("d").consume(move |n| (text.name(), n));
        let r = a.consume(|n| {
            count += 1;
            if n.name() == "b" { return Err(n); }
            Ok(n.name().len())
        })?;
        tick(1).await;
        say(name.0);
        let s = kept("c").with(|n| { count += r; Ok::<_, Noisy>(n.name().len()) })? + after(1, count).await;
        Ok(s)
    }
}

differential! {
    fn a_part_of_a_local_is_consumed() -> &'static str {
        let p = (kept("a"), kept("b"));
        tick(1).await;
        let n = p.0.consume(|n| n.into_name());
        tick(1).await;
        p.1.with(|n| n.touch());
        tick(1).await;
        n
    }
}

struct Guarded(Kept);

impl Deref for Guarded {
    type Target = Kept;
    fn deref(&self) -> &Kept {
        &self.0
    }
}

impl DerefMut for Guarded {
    fn deref_mut(&mut self) -> &mut Kept {
        &mut self.0
    }
}

impl Guarded {
    fn release<R>(self, f: impl FnOnce(Kept) -> R) -> R {
        f(self.0)
    }
}

differential! {
    fn through_a_deref() -> &'static str {
        let mut g = Guarded(kept("a"));
        tick(1).await;
        g.change(1, |n, _| n.rename("z"));
        let l = Guarded(kept("t")).with(|n| n.name().len()) + after(1, 2).await;
        let m = Box::new(kept("u")).with(|n| n.name().len()) + after(1, l).await;
        let k = Box::new(kept("w")).consume(|n| n.name().len()) + after(1, m).await;
        say(k);
        g.release(|k| k.consume(|n| n.into_name()))
    }
}

differential! {
    fn well_known_names_by_reference() -> usize {
        let mut v = vec![noisy("a"), noisy("b")];
        tick(1).await;
        v.retain(|n| n.name() == "a");
        let names = vec![noisy("x"), noisy("y")];
        tick(1).await;
        let n = names.iter().map(|n| n.name().len()).sum::<usize>() + after(1, 2).await;
        n + vec![noisy("m")].iter().filter(|n| n.name() == "m").count() + after(1, 2).await
    }
}
